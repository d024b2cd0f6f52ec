namespace ActorShop.Inventory;

/// <summary>What limits the reservations of a SKU.</summary>
[GenerateSerializer, Alias("inventory.stock-policy")]
public enum StockPolicy
{
    /// <summary>The units on hand.</summary>
    Tracked,

    /// <summary>The units on hand and a stated number beyond.</summary>
    Backorder,

    /// <summary>Nothing: shipping, manual lines. Units are not counted.</summary>
    Untracked,
}
