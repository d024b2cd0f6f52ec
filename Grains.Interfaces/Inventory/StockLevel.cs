namespace ActorShop.Inventory;

/// <summary>The committed stock of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="OnHand">The units on hand.</param>
/// <param name="Reserved">The reserved units.</param>
/// <param name="Policy">What limits reservations.</param>
/// <param name="BackorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero reservations may go.</param>
/// <param name="Version">The number of changes; 0 if the SKU has no stock record.</param>
[GenerateSerializer, Immutable, Alias("inventory.stock-level")]
public sealed record StockLevel(
    Sku Sku, int OnHand, int Reserved, StockPolicy Policy,
    int BackorderLimit, long Version)
{
    /// <summary>The units that are not reserved.</summary>
    public int Available => OnHand - Reserved;
}
