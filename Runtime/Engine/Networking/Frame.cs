using System.Buffers;
using System.Buffers.Binary;

namespace ActorShop.Runtime.Networking;

/// <summary>The bytes of one frame while they are written: memory of a pool, given back by whoever has the frame last.</summary>
/// <param name="capacity">How many bytes are expected; more is possible.</param>
internal sealed class Frame(int capacity = Frame.DefaultCapacity) : IBufferWriter<byte>, IDisposable
{
    private const int DefaultCapacity = 256;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    /// <summary>How many bytes it may come to hold; more is an exception of whoever writes.</summary>
    public int Limit { get; init; } = Array.MaxLength;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _length);
        CheckLimit(count);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Writes a number over what was written before.</summary>
    public void Patch(int position, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(position, sizeof(ushort)), value);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void CheckLimit(int more)
    {
        if (more > Limit - _length)
        {
            throw new Orleans.Serialization.SerializerException($"A message is longer than the limit of {Limit} bytes.");
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length >= needed)
        {
            return;
        }

        CheckLimit(needed);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + needed), _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
