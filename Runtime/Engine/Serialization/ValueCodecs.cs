using Orleans.Runtime;

namespace ActorShop.Runtime.Serialization;

/// <summary>The codec of a type whose values nobody can change.</summary>
internal abstract class ValueCodec<T> : Codec<T>
{
    /// <inheritdoc/>
    public sealed override bool IsImmutable => true;

    /// <inheritdoc/>
    public sealed override T Copy(T value) => value;
}

internal sealed class BooleanCodec : ValueCodec<bool>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, bool value) => writer.WriteBoolean(fieldId, value);

    public override bool ReadValue(ref WireReader reader, WireTag tag) => reader.ReadBoolean(tag);
}

internal sealed class ByteCodec : ValueCodec<byte>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, byte value) => writer.WriteByte(fieldId, value);

    public override byte ReadValue(ref WireReader reader, WireTag tag) => reader.ReadByte(tag);
}

internal sealed class SByteCodec : ValueCodec<sbyte>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, sbyte value) => writer.WriteSByte(fieldId, value);

    public override sbyte ReadValue(ref WireReader reader, WireTag tag) => reader.ReadSByte(tag);
}

internal sealed class Int16Codec : ValueCodec<short>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, short value) => writer.WriteInt16(fieldId, value);

    public override short ReadValue(ref WireReader reader, WireTag tag) => reader.ReadInt16(tag);
}

internal sealed class UInt16Codec : ValueCodec<ushort>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, ushort value) => writer.WriteUInt16(fieldId, value);

    public override ushort ReadValue(ref WireReader reader, WireTag tag) => reader.ReadUInt16(tag);
}

internal sealed class Int32Codec : ValueCodec<int>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, int value) => writer.WriteInt32(fieldId, value);

    public override int ReadValue(ref WireReader reader, WireTag tag) => reader.ReadInt32(tag);
}

internal sealed class UInt32Codec : ValueCodec<uint>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, uint value) => writer.WriteUInt32(fieldId, value);

    public override uint ReadValue(ref WireReader reader, WireTag tag) => reader.ReadUInt32(tag);
}

internal sealed class Int64Codec : ValueCodec<long>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, long value) => writer.WriteInt64(fieldId, value);

    public override long ReadValue(ref WireReader reader, WireTag tag) => reader.ReadInt64(tag);
}

internal sealed class UInt64Codec : ValueCodec<ulong>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, ulong value) => writer.WriteUInt64(fieldId, value);

    public override ulong ReadValue(ref WireReader reader, WireTag tag) => reader.ReadUInt64(tag);
}

internal sealed class Int128Codec : ValueCodec<Int128>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, Int128 value) => writer.WriteInt128(fieldId, value);

    public override Int128 ReadValue(ref WireReader reader, WireTag tag) => reader.ReadInt128(tag);
}

internal sealed class UInt128Codec : ValueCodec<UInt128>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, UInt128 value) => writer.WriteUInt128(fieldId, value);

    public override UInt128 ReadValue(ref WireReader reader, WireTag tag) => reader.ReadUInt128(tag);
}

internal sealed class CharCodec : ValueCodec<char>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, char value) => writer.WriteChar(fieldId, value);

    public override char ReadValue(ref WireReader reader, WireTag tag) => reader.ReadChar(tag);
}

internal sealed class HalfCodec : ValueCodec<Half>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, Half value) => writer.WriteHalf(fieldId, value);

    public override Half ReadValue(ref WireReader reader, WireTag tag) => reader.ReadHalf(tag);
}

internal sealed class SingleCodec : ValueCodec<float>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, float value) => writer.WriteSingle(fieldId, value);

    public override float ReadValue(ref WireReader reader, WireTag tag) => reader.ReadSingle(tag);
}

internal sealed class DoubleCodec : ValueCodec<double>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, double value) => writer.WriteDouble(fieldId, value);

    public override double ReadValue(ref WireReader reader, WireTag tag) => reader.ReadDouble(tag);
}

internal sealed class DecimalCodec : ValueCodec<decimal>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, decimal value) => writer.WriteDecimal(fieldId, value);

    public override decimal ReadValue(ref WireReader reader, WireTag tag) => reader.ReadDecimal(tag);
}

internal sealed class GuidCodec : ValueCodec<Guid>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, Guid value) => writer.WriteGuid(fieldId, value);

    public override Guid ReadValue(ref WireReader reader, WireTag tag) => reader.ReadGuid(tag);
}

internal sealed class DateTimeCodec : ValueCodec<DateTime>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, DateTime value) => writer.WriteDateTime(fieldId, value);

    public override DateTime ReadValue(ref WireReader reader, WireTag tag) => reader.ReadDateTime(tag);
}

internal sealed class DateTimeOffsetCodec : ValueCodec<DateTimeOffset>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, DateTimeOffset value) => writer.WriteDateTimeOffset(fieldId, value);

    public override DateTimeOffset ReadValue(ref WireReader reader, WireTag tag) => reader.ReadDateTimeOffset(tag);
}

internal sealed class TimeSpanCodec : ValueCodec<TimeSpan>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, TimeSpan value) => writer.WriteTimeSpan(fieldId, value);

    public override TimeSpan ReadValue(ref WireReader reader, WireTag tag) => reader.ReadTimeSpan(tag);
}

internal sealed class DateOnlyCodec : ValueCodec<DateOnly>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, DateOnly value) => writer.WriteDateOnly(fieldId, value);

    public override DateOnly ReadValue(ref WireReader reader, WireTag tag) => reader.ReadDateOnly(tag);
}

internal sealed class TimeOnlyCodec : ValueCodec<TimeOnly>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, TimeOnly value) => writer.WriteTimeOnly(fieldId, value);

    public override TimeOnly ReadValue(ref WireReader reader, WireTag tag) => reader.ReadTimeOnly(tag);
}

internal sealed class StringCodec : ValueCodec<string>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, string value) => writer.WriteString(fieldId, value);

    public override string ReadValue(ref WireReader reader, WireTag tag) => reader.ReadString(tag)!;
}

internal sealed class UriCodec : ValueCodec<Uri>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, Uri value) => writer.WriteString(fieldId, value?.OriginalString);

    public override Uri ReadValue(ref WireReader reader, WireTag tag)
    {
        if (reader.ReadString(tag) is not { } text)
        {
            return null!;
        }

        return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri)
            ? uri
            : throw new WireException(WireFault.InvalidValue, "The data is no valid Uri.");
    }
}

internal sealed class VersionCodec : ValueCodec<Version>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, Version value) => writer.WriteString(fieldId, value?.ToString());

    public override Version ReadValue(ref WireReader reader, WireTag tag)
    {
        if (reader.ReadString(tag) is not { } text)
        {
            return null!;
        }

        return Version.TryParse(text, out var version)
            ? version
            : throw new WireException(WireFault.InvalidValue, "The data is no valid Version.");
    }
}

internal sealed class GrainIdCodec : ValueCodec<GrainId>
{
    public override void WriteField(ref WireWriter writer, uint fieldId, GrainId value) =>
        writer.WriteString(fieldId, value.IsDefault ? null : value.ToString());

    public override GrainId ReadValue(ref WireReader reader, WireTag tag)
    {
        if (reader.ReadString(tag) is not { } text)
        {
            return default;
        }

        return GrainId.TryParse(text, provider: null, out var id)
            ? id
            : throw new WireException(WireFault.InvalidValue, "The data is no valid grain id.");
    }
}

/// <summary>An array of bytes: one length, and copied since it can be changed.</summary>
internal sealed class BytesCodec : Codec<byte[]>
{
    public override bool IsImmutable => false;

    public override void WriteField(ref WireWriter writer, uint fieldId, byte[] value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
        }
        else
        {
            writer.WriteBytes(fieldId, value);
        }
    }

    public override byte[] ReadValue(ref WireReader reader, WireTag tag) => tag.IsNull ? null! : reader.ReadBytes(tag).ToArray();

    public override byte[] Copy(byte[] value) => value is null ? null! : value.AsSpan().ToArray();
}
