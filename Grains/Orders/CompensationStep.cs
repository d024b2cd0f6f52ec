namespace ActorShop.Orders;

/// <summary>What a compensation of the old saga does.</summary>
internal enum CompensationStep
{
    Void,
    Release,

    /// <summary>Release reserved units, and return those that had left the stock.</summary>
    Restock,
}
