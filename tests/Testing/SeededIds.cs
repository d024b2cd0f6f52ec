using System.Globalization;

namespace ActorShop.Testing;

/// <summary>Ids whose random bits follow from a seed. Safe from any thread.</summary>
public sealed class SeededIds(ulong seed, TimeProvider clock) : IdSource(clock)
{
    private readonly TimeProvider _clock = clock;
    private ulong _state = seed;

    /// <inheritdoc/>
    public override string Next()
    {
        // The version and the variant stand where RFC 9562 puts them: 7 in digit 13, 8 in digit 17.
        var time = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (a, b) = (Draw(), Draw());
        return string.Create(CultureInfo.InvariantCulture, $"{time:x12}7{a & 0xFFF:x3}8{b & 0xFFF_FFFF_FFFF_FFFF:x15}");
    }

    // SplitMix64.
    private ulong Draw()
    {
        unchecked
        {
            var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
