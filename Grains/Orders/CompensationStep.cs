namespace ActorShop.Orders;

/// <summary>What a compensation does, in the order in which it is stored: the reverse of the steps.</summary>
internal enum CompensationStep
{
    /// <summary>Void the hold, also one whose outcome is unknown.</summary>
    Void,

    Release,

    /// <summary>Release reserved units, and return those that had left the stock.</summary>
    Restock,
}
