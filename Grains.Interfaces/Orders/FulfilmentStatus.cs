namespace ActorShop.Orders;

[GenerateSerializer, Alias("orders.fulfilment-status")]
public enum FulfilmentStatus
{
    Unfulfilled,
}
