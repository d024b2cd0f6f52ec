namespace ActorShop.Inventory;

/// <summary>What limits the promises that may be made of a SKU.</summary>
[GenerateSerializer, Alias("inventory.stock-policy")]
public enum StockPolicy
{
    /// <summary>No more than is on hand.</summary>
    Tracked,

    /// <summary>A stated number beyond what is on hand.</summary>
    Backorder,

    /// <summary>Nothing: carriage, manual lines. Units are not counted.</summary>
    Untracked,
}
