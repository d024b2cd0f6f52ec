namespace ActorShop;

/// <summary>The seam of chance: unguessable bytes in a shop, bytes from the seed in a simulation.</summary>
public abstract class Chance
{
    /// <summary>Fills a span.</summary>
    public abstract void Fill(Span<byte> bytes);
}
