namespace ActorShop.Inventory;

/// <summary>The stock of a SKU as committed at one moment.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="OnHand">Units in the house.</param>
/// <param name="Reserved">Units of those set aside for orders.</param>
/// <param name="Policy">What limits promises.</param>
/// <param name="BackorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero promises may go.</param>
/// <param name="Version">The number of changes ever made; 0 for a SKU that was never heard of.</param>
[GenerateSerializer, Immutable, Alias("inventory.stock-level")]
public sealed record StockLevel(
    Sku Sku, int OnHand, int Reserved, StockPolicy Policy,
    int BackorderLimit, long Version)
{
    /// <summary>Units that are not set aside.</summary>
    public int Available => OnHand - Reserved;
}
