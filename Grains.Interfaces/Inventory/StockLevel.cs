namespace ActorShop.Inventory;

/// <param name="Reserved">Units of pending orders, and units allocated to confirmed orders that are not shipped.</param>
/// <param name="BackorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero reservations may go.</param>
/// <param name="Version">The number of changes; 0 if the SKU has no stock record.</param>
[GenerateSerializer, Immutable, Alias("inventory.stock-level")]
public sealed record StockLevel(
    Sku Sku, int OnHand, int Reserved, StockPolicy Policy,
    int BackorderLimit, long Version)
{
    public int Available => OnHand - Reserved;

    /// <summary>The units that can be reserved now; unlimited if untracked.</summary>
    public int Promisable => PromisableUnits(Policy, OnHand, Reserved, BackorderLimit);

    /// <summary>Whether a unit can be bought.</summary>
    public bool InStock => Promisable > 0;

    /// <summary>The one rule of what can be bought: reservations, lists and views follow it.</summary>
    public static int PromisableUnits(StockPolicy policy, int onHand, int reserved, int backorderLimit) => policy switch
    {
        StockPolicy.Tracked => onHand - reserved,
        StockPolicy.Backorder => onHand - reserved + backorderLimit,
        _ => int.MaxValue,
    };
}
