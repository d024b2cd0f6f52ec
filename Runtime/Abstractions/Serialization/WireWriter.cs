using System.Buffers;
using System.Buffers.Binary;

namespace ActorShop.Runtime.Serialization;

/// <summary>Writes tagged fields into a buffer.</summary>
/// <remarks>
/// Owned by one call; not copied. What was written reaches the buffer writer at <see cref="Commit"/>. After an exception the
/// output is unusable: the caller drops its buffer.
/// </remarks>
public ref partial struct WireWriter
{
    /// <summary>The greatest nesting of objects, on both sides of the wire.</summary>
    public const int MaxDepth = 128;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _buffer;
    private int _used;
    private long _committed;
    private int _depth;

    /// <summary>Writes to the end of <paramref name="output"/>.</summary>
    public WireWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _buffer = output.GetSpan();
    }

    /// <summary>The number of bytes written so far.</summary>
    public readonly long Written => _committed + _used;

    /// <summary>Hands over what was written. The writer may be used on.</summary>
    public void Commit()
    {
        _output.Advance(_used);
        _committed += _used;
        _used = 0;
        _buffer = default;
    }

    /// <summary>Begins an object: its fields follow, then <see cref="EndObject"/>.</summary>
    /// <exception cref="WireException">Objects are nested too deeply.</exception>
    public void StartObject(uint fieldId)
    {
        if (++_depth > MaxDepth)
        {
            WireException.ThrowTooDeep();
        }

        WriteTag(fieldId, WireType.StartObject);
    }

    /// <summary>Ends the innermost object.</summary>
    public void EndObject()
    {
        _depth--;
        WriteTag(0, WireType.EndObject);
    }

    /// <summary>A field without a value.</summary>
    public void WriteNull(uint fieldId) => WriteTag(fieldId, WireType.Null);

    /// <summary>The tag of a field whose raw value follows.</summary>
    public void WriteTag(uint fieldId, WireType type) => WriteVarint(((ulong)fieldId << 3) | (uint)type);

    /// <summary>A raw number, without a tag.</summary>
    public void WriteVarint(ulong value)
    {
        var target = Reserve(10);
        var length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        _used += length;
    }

    /// <summary>Four raw bytes, without a tag.</summary>
    public void WriteFixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        _used += 4;
    }

    /// <summary>Eight raw bytes, without a tag.</summary>
    public void WriteFixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        _used += 8;
    }

    /// <summary>Raw bytes, without a tag or length.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var target = Reserve(1);
            var part = Math.Min(bytes.Length, target.Length);
            bytes[..part].CopyTo(target);
            bytes = bytes[part..];
            _used += part;
        }
    }

    private Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _used < size)
        {
            Commit();
            _buffer = _output.GetSpan(Math.Max(size, 256));
        }

        return _buffer[_used..];
    }
}
