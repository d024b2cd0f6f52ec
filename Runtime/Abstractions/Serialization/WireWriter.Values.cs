using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ActorShop.Runtime.Serialization;

/// <content>Fields of the types every program has. Signed numbers are zigzag-coded, so that small negatives are short.</content>
public ref partial struct WireWriter
{
    /// <summary>A field.</summary>
    public void WriteBoolean(uint fieldId, bool value) => WriteNumber(fieldId, value ? 1u : 0u);

    /// <summary>A field.</summary>
    public void WriteByte(uint fieldId, byte value) => WriteNumber(fieldId, value);

    /// <summary>A field.</summary>
    public void WriteSByte(uint fieldId, sbyte value) => WriteNumber(fieldId, ZigZag(value));

    /// <summary>A field.</summary>
    public void WriteInt16(uint fieldId, short value) => WriteNumber(fieldId, ZigZag(value));

    /// <summary>A field.</summary>
    public void WriteUInt16(uint fieldId, ushort value) => WriteNumber(fieldId, value);

    /// <summary>A field.</summary>
    public void WriteInt32(uint fieldId, int value) => WriteNumber(fieldId, ZigZag(value));

    /// <summary>A field.</summary>
    public void WriteUInt32(uint fieldId, uint value) => WriteNumber(fieldId, value);

    /// <summary>A field.</summary>
    public void WriteInt64(uint fieldId, long value) => WriteNumber(fieldId, ZigZag(value));

    /// <summary>A field.</summary>
    public void WriteUInt64(uint fieldId, ulong value) => WriteNumber(fieldId, value);

    /// <summary>A field.</summary>
    public void WriteChar(uint fieldId, char value) => WriteNumber(fieldId, value);

    /// <summary>A field.</summary>
    public void WriteHalf(uint fieldId, Half value) => WriteNumber(fieldId, BitConverter.HalfToUInt16Bits(value));

    /// <summary>A field.</summary>
    public void WriteSingle(uint fieldId, float value)
    {
        WriteTag(fieldId, WireType.Fixed32);
        WriteFixed32(BitConverter.SingleToUInt32Bits(value));
    }

    /// <summary>A field.</summary>
    public void WriteDouble(uint fieldId, double value)
    {
        WriteTag(fieldId, WireType.Fixed64);
        WriteFixed64(BitConverter.DoubleToUInt64Bits(value));
    }

    /// <summary>A field; scale and trailing zeros are kept.</summary>
    public void WriteDecimal(uint fieldId, decimal value)
    {
        // One byte of sign and scale, then the 96-bit integer without its leading zeros: most prices take three bytes.
        Span<int> parts = stackalloc int[4];
        Span<byte> bytes = stackalloc byte[13];
        decimal.GetBits(value, parts);
        bytes[0] = (byte)(((parts[3] >> 16) & 0x7f) | (parts[3] < 0 ? 0x80 : 0));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], parts[0]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[5..], parts[1]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[9..], parts[2]);
        WriteBytes(fieldId, bytes.TrimEnd((byte)0) is { Length: > 0 } trimmed ? trimmed : bytes[..1]);
    }

    /// <summary>A field.</summary>
    public void WriteInt128(uint fieldId, Int128 value) => WriteUInt128(fieldId, unchecked((UInt128)value));

    /// <summary>A field.</summary>
    public void WriteUInt128(uint fieldId, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        WriteBytes(fieldId, bytes);
    }

    /// <summary>A field.</summary>
    public void WriteGuid(uint fieldId, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = value.TryWriteBytes(bytes);
        WriteBytes(fieldId, bytes);
    }

    /// <summary>A field; the kind is kept.</summary>
    public void WriteDateTime(uint fieldId, DateTime value)
    {
        WriteTag(fieldId, WireType.Fixed64);
        WriteFixed64((ulong)value.Ticks | ((ulong)value.Kind << 62));
    }

    /// <summary>A field; the offset is kept.</summary>
    public void WriteDateTimeOffset(uint fieldId, DateTimeOffset value)
    {
        Span<byte> bytes = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Ticks);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[8..], (short)value.TotalOffsetMinutes);
        WriteBytes(fieldId, value.TotalOffsetMinutes == 0 ? bytes[..8] : bytes);
    }

    /// <summary>A field.</summary>
    public void WriteTimeSpan(uint fieldId, TimeSpan value) => WriteNumber(fieldId, ZigZag(value.Ticks));

    /// <summary>A field.</summary>
    public void WriteDateOnly(uint fieldId, DateOnly value) => WriteNumber(fieldId, (uint)value.DayNumber);

    /// <summary>A field.</summary>
    public void WriteTimeOnly(uint fieldId, TimeOnly value) => WriteNumber(fieldId, (ulong)value.Ticks);

    /// <summary>A field, null among its values.</summary>
    /// <exception cref="WireException">The text has an unpaired surrogate and so no form in UTF-8.</exception>
    public void WriteString(uint fieldId, string? value)
    {
        if (value is null)
        {
            WriteNull(fieldId);
            return;
        }

        WriteTag(fieldId, WireType.LengthPrefixed);
        try
        {
            var length = WireReader.Utf8.GetByteCount(value);
            WriteVarint((ulong)length);
            var target = Reserve(Math.Max(length, 1));
            _used += WireReader.Utf8.GetBytes(value, target);
        }
        catch (EncoderFallbackException fallback)
        {
            throw new WireException(
                WireFault.InvalidValue,
                string.Create(CultureInfo.InvariantCulture, $"The text has an unpaired surrogate at {fallback.Index}."),
                fallback);
        }
    }

    /// <summary>A field of raw bytes.</summary>
    public void WriteBytes(uint fieldId, scoped ReadOnlySpan<byte> value)
    {
        WriteTag(fieldId, WireType.LengthPrefixed);
        WriteVarint((ulong)value.Length);
        WriteRaw(value);
    }

    private static ulong ZigZag(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));

    private void WriteNumber(uint fieldId, ulong value)
    {
        WriteTag(fieldId, WireType.Varint);
        WriteVarint(value);
    }
}
