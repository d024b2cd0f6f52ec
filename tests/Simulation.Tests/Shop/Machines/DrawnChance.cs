namespace ActorShop.Simulation.Shop;

/// <summary>The shop's chance, from the seed.</summary>
internal sealed class DrawnChance(Func<int, int> draw) : Chance
{
    /// <inheritdoc/>
    public override void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)draw(256);
        }
    }
}
