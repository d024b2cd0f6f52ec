using System.Buffers.Binary;
using System.Text;

namespace ActorShop.Runtime.Serialization;

/// <content>Values of the types every program has; each fails where the number does not fit the type.</content>
public ref partial struct WireReader
{
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a value.</summary>
    public bool ReadBoolean(WireTag tag) => ReadNumber(tag, 1, "Boolean") != 0;

    /// <summary>Reads a value.</summary>
    public byte ReadByte(WireTag tag) => (byte)ReadNumber(tag, byte.MaxValue, "Byte");

    /// <summary>Reads a value.</summary>
    public sbyte ReadSByte(WireTag tag) => (sbyte)ReadSigned(tag, sbyte.MinValue, sbyte.MaxValue, "SByte");

    /// <summary>Reads a value.</summary>
    public short ReadInt16(WireTag tag) => (short)ReadSigned(tag, short.MinValue, short.MaxValue, "Int16");

    /// <summary>Reads a value.</summary>
    public ushort ReadUInt16(WireTag tag) => (ushort)ReadNumber(tag, ushort.MaxValue, "UInt16");

    /// <summary>Reads a value.</summary>
    public int ReadInt32(WireTag tag) => (int)ReadSigned(tag, int.MinValue, int.MaxValue, "Int32");

    /// <summary>Reads a value.</summary>
    public uint ReadUInt32(WireTag tag) => (uint)ReadNumber(tag, uint.MaxValue, "UInt32");

    /// <summary>Reads a value.</summary>
    public long ReadInt64(WireTag tag) => ReadSigned(tag, long.MinValue, long.MaxValue, "Int64");

    /// <summary>Reads a value.</summary>
    public ulong ReadUInt64(WireTag tag) => ReadNumber(tag, ulong.MaxValue, "UInt64");

    /// <summary>Reads a value.</summary>
    public char ReadChar(WireTag tag) => (char)ReadNumber(tag, char.MaxValue, "Char");

    /// <summary>Reads a value.</summary>
    public Half ReadHalf(WireTag tag) => BitConverter.UInt16BitsToHalf((ushort)ReadNumber(tag, ushort.MaxValue, "Half"));

    /// <summary>Reads a value.</summary>
    public float ReadSingle(WireTag tag)
    {
        tag.Expect(WireType.Fixed32);
        return BitConverter.UInt32BitsToSingle(ReadFixed32());
    }

    /// <summary>Reads a value.</summary>
    public double ReadDouble(WireTag tag)
    {
        tag.Expect(WireType.Fixed64);
        return BitConverter.UInt64BitsToDouble(ReadFixed64());
    }

    /// <summary>Reads a value.</summary>
    public decimal ReadDecimal(WireTag tag)
    {
        var bytes = ReadBytes(tag);
        if (bytes.Length is < 1 or > 13 || (bytes[0] & 0x7f) > 28)
        {
            WireException.ThrowInvalid("Decimal");
        }

        Span<byte> whole = stackalloc byte[12];
        whole.Clear();
        bytes[1..].CopyTo(whole);
        return new decimal(
            BinaryPrimitives.ReadInt32LittleEndian(whole),
            BinaryPrimitives.ReadInt32LittleEndian(whole[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(whole[8..]),
            isNegative: bytes[0] >= 0x80,
            (byte)(bytes[0] & 0x7f));
    }

    /// <summary>Reads a value.</summary>
    public Int128 ReadInt128(WireTag tag) => unchecked((Int128)ReadUInt128(tag));

    /// <summary>Reads a value.</summary>
    public UInt128 ReadUInt128(WireTag tag) => BinaryPrimitives.ReadUInt128LittleEndian(ReadSixteen(tag));

    /// <summary>Reads a value.</summary>
    public Guid ReadGuid(WireTag tag) => new(ReadSixteen(tag));

    /// <summary>Reads a value.</summary>
    public DateTime ReadDateTime(WireTag tag)
    {
        tag.Expect(WireType.Fixed64);
        var raw = ReadFixed64();
        var ticks = raw & 0x3fff_ffff_ffff_ffff;
        if (ticks > (ulong)DateTime.MaxValue.Ticks || raw >> 62 > 2)
        {
            WireException.ThrowInvalid("DateTime");
        }

        return new DateTime((long)ticks, (DateTimeKind)(raw >> 62));
    }

    /// <summary>Reads a value.</summary>
    public DateTimeOffset ReadDateTimeOffset(WireTag tag)
    {
        var bytes = ReadBytes(tag);
        if (bytes.Length is not (8 or 10))
        {
            WireException.ThrowInvalid("DateTimeOffset");
        }

        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var offset = (bytes.Length == 10 ? BinaryPrimitives.ReadInt16LittleEndian(bytes[8..]) : 0) * TimeSpan.TicksPerMinute;
        if (Math.Abs(offset) > 14 * TimeSpan.TicksPerHour
            || ticks < 0
            || ticks > DateTime.MaxValue.Ticks
            || ticks - offset < 0
            || ticks - offset > DateTime.MaxValue.Ticks)
        {
            WireException.ThrowInvalid("DateTimeOffset");
        }

        return new DateTimeOffset(ticks, new TimeSpan(offset));
    }

    /// <summary>Reads a value.</summary>
    public TimeSpan ReadTimeSpan(WireTag tag) => new(ReadInt64(tag));

    /// <summary>Reads a value.</summary>
    public DateOnly ReadDateOnly(WireTag tag) =>
        DateOnly.FromDayNumber((int)ReadNumber(tag, (ulong)DateOnly.MaxValue.DayNumber, "DateOnly"));

    /// <summary>Reads a value.</summary>
    public TimeOnly ReadTimeOnly(WireTag tag) => new((long)ReadNumber(tag, (ulong)TimeOnly.MaxValue.Ticks, "TimeOnly"));

    /// <summary>Reads a value, null among them.</summary>
    public string? ReadString(WireTag tag)
    {
        if (tag.IsNull)
        {
            return null;
        }

        var bytes = ReadBytes(tag);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException fallback)
        {
            throw new WireException(WireFault.InvalidValue, "The data is no valid UTF-8.", fallback);
        }
    }

    private ReadOnlySpan<byte> ReadSixteen(WireTag tag)
    {
        var bytes = ReadBytes(tag);
        if (bytes.Length != 16)
        {
            WireException.ThrowInvalid("value of sixteen bytes");
        }

        return bytes;
    }

    private ulong ReadNumber(WireTag tag, ulong max, string type)
    {
        tag.Expect(WireType.Varint);
        var value = ReadVarint();
        if (value > max)
        {
            WireException.ThrowInvalid(type);
        }

        return value;
    }

    private long ReadSigned(WireTag tag, long min, long max, string type)
    {
        tag.Expect(WireType.Varint);
        var raw = ReadVarint();
        var value = unchecked((long)(raw >> 1) ^ -(long)(raw & 1));
        if (value < min || value > max)
        {
            WireException.ThrowInvalid(type);
        }

        return value;
    }
}
