namespace ActorShop.Orders;

/// <summary>Where an order's goods stand.</summary>
[GenerateSerializer, Alias("orders.fulfilment-status")]
public enum FulfilmentStatus
{
    /// <summary>Nothing was shipped.</summary>
    Unfulfilled,

    /// <summary>Some was shipped.</summary>
    Partial,

    /// <summary>All was shipped.</summary>
    Fulfilled,

    /// <summary>All came back.</summary>
    Returned,
}
