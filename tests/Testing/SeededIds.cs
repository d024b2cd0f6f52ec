using System.Globalization;

namespace ActorShop.Testing;

/// <summary>Ids that follow from drawn numbers.</summary>
public sealed class SeededIds(Func<int, int> draw, TimeProvider clock) : IdSource(clock)
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock = clock;

    /// <summary>Ids that follow from a seed. Safe from any thread.</summary>
    public SeededIds(int seed, TimeProvider clock)
        : this(new Random(seed).Next, clock)
    {
    }

    public override string Next()
    {
        // The version and the variant stand where RFC 9562 puts them: 7 in digit 13, 8 in digit 17.
        var time = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{time:x12}7{draw(0x1000):x3}8{draw(0x1000):x3}{draw(0x1000000):x6}{draw(0x1000000):x6}");
        }
    }
}
