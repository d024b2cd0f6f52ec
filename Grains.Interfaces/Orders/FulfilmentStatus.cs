namespace ActorShop.Orders;

/// <summary>How far an order is shipped.</summary>
[GenerateSerializer, Alias("orders.fulfilment-status")]
public enum FulfilmentStatus
{
    /// <summary>Nothing was shipped.</summary>
    Unfulfilled,
}
