namespace ActorShop.Testing;

/// <summary>Chance that follows from a number (SplitMix64), so that a run can be had again. Safe from any thread.</summary>
public sealed class SeededChance(ulong seed) : Chance
{
    private readonly Lock _lock = new();
    private ulong _state = seed;

    /// <inheritdoc/>
    public override void Fill(Span<byte> bytes)
    {
        lock (_lock)
        {
            Span<byte> word = stackalloc byte[sizeof(ulong)];
            while (!bytes.IsEmpty)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
                var taken = Math.Min(word.Length, bytes.Length);
                word[..taken].CopyTo(bytes);
                bytes = bytes[taken..];
            }
        }
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
