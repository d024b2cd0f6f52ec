using System.Buffers.Binary;

namespace ActorShop.Runtime.Serialization;

/// <summary>Reads tagged fields from bytes that nobody vouches for.</summary>
/// <remarks>
/// Owned by one call; not copied. Each method consumes at least one byte or throws <see cref="WireException"/>, so no input makes
/// a reader loop; nothing is allocated on the word of an announced length before that many bytes are known to be there.
/// </remarks>
public ref partial struct WireReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _depth;

    /// <summary>Reads <paramref name="data"/>, which does not change meanwhile.</summary>
    public WireReader(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>The number of bytes consumed.</summary>
    public readonly int Position => _position;

    /// <summary>The number of bytes left.</summary>
    public readonly int Remaining => _data.Length - _position;

    /// <summary>Reads the tag of the next field.</summary>
    public WireTag ReadTag()
    {
        var raw = ReadVarint();
        if (raw >> 3 > uint.MaxValue)
        {
            WireException.ThrowOverlong();
        }

        var type = (WireType)(raw & 7);
        if (type > WireType.Null)
        {
            WireException.ThrowUnexpected(type);
        }

        return new WireTag((uint)(raw >> 3), type);
    }

    /// <summary>Enters the object whose tag was read.</summary>
    public void StartObject(WireTag tag)
    {
        tag.Expect(WireType.StartObject);
        if (++_depth > WireWriter.MaxDepth)
        {
            WireException.ThrowTooDeep();
        }
    }

    /// <summary>Reads the tag of the object's next field; false at its end, which is consumed.</summary>
    public bool TryReadMember(out WireTag tag)
    {
        tag = ReadTag();
        if (tag.Type != WireType.EndObject)
        {
            return true;
        }

        _depth--;
        return false;
    }

    /// <summary>Passes over fields that are not known here, to the end of the object entered last.</summary>
    public void EndObject()
    {
        while (TryReadMember(out var tag))
        {
            Skip(tag);
        }
    }

    /// <summary>Passes over the value of a field.</summary>
    public void Skip(WireTag tag)
    {
        switch (tag.Type)
        {
            case WireType.Varint:
                _ = ReadVarint();
                break;
            case WireType.Fixed32:
                _ = Take(4);
                break;
            case WireType.Fixed64:
                _ = Take(8);
                break;
            case WireType.LengthPrefixed:
                _ = ReadBytes(tag);
                break;
            case WireType.StartObject:
                StartObject(tag);
                EndObject();
                break;
            case WireType.Null:
                break;
            case WireType.EndObject:
            default:
                WireException.ThrowUnexpected(tag.Type);
                break;
        }
    }

    /// <summary>Reads a raw number, without a tag.</summary>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position >= _data.Length)
            {
                WireException.ThrowTruncated();
            }

            var next = _data[_position++];
            if (shift == 63 && next > 1)
            {
                WireException.ThrowOverlong();
            }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        WireException.ThrowOverlong();
        return value;
    }

    /// <summary>Reads a count of elements that take at least one byte each.</summary>
    public int ReadCount(WireTag tag)
    {
        tag.Expect(WireType.Varint);
        return CheckLength(ReadVarint());
    }

    /// <summary>Reads a field of raw bytes: a view of the data, not a copy.</summary>
    public ReadOnlySpan<byte> ReadBytes(WireTag tag)
    {
        tag.Expect(WireType.LengthPrefixed);
        return Take(CheckLength(ReadVarint()));
    }

    private uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads eight raw bytes, without a tag.</summary>
    internal ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    private readonly int CheckLength(ulong length)
    {
        if (length > (ulong)Remaining)
        {
            WireException.ThrowLength(length, Remaining);
        }

        return (int)length;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
        {
            WireException.ThrowTruncated();
        }

        var taken = _data.Slice(_position, length);
        _position += length;
        return taken;
    }
}
