namespace ActorShop.Simulation.Shop;

/// <summary>The shop's ids, from the seed.</summary>
internal sealed class DrawnIds(Func<int, int> draw, TimeProvider clock) : IdSource(clock)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc/>
    public override string Next()
    {
        // The version and the variant stand where RFC 9562 puts them: 7 in digit 13, 8 in digit 17.
        var time = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return FormattableString.Invariant(
            $"{time:x12}7{draw(0x1000):x3}8{draw(0x1000):x3}{draw(0x1000000):x6}{draw(0x1000000):x6}");
    }
}
