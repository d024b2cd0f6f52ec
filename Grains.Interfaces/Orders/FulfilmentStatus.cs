namespace ActorShop.Orders;

[GenerateSerializer, Alias("orders.fulfilment-status")]
public enum FulfilmentStatus
{
    Unfulfilled,

    /// <summary>All units that were not cancelled or refunded before are shipped.</summary>
    Fulfilled,
}
