namespace ActorShop.Inventory;

/// <param name="BackorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero reservations may go.</param>
/// <param name="Version">The number of changes; 0 if the SKU has no stock record.</param>
[GenerateSerializer, Immutable, Alias("inventory.stock-level")]
public sealed record StockLevel(
    Sku Sku, int OnHand, int Reserved, StockPolicy Policy,
    int BackorderLimit, long Version)
{
    public int Available => OnHand - Reserved;
}
