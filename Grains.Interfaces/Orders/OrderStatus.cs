namespace ActorShop.Orders;

[GenerateSerializer, Alias("orders.order-status")]
public enum OrderStatus
{
    Pending,

    /// <summary>The units are allocated and the money is authorised, captured or paid elsewhere.</summary>
    Confirmed,
    Cancelled,

    /// <summary>The checkout failed. Nothing is held and nothing was charged.</summary>
    Failed,
}
