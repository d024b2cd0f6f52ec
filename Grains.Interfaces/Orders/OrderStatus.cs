namespace ActorShop.Orders;

/// <summary>The status of an order.</summary>
[GenerateSerializer, Alias("orders.order-status")]
public enum OrderStatus
{
    /// <summary>The checkout is not settled.</summary>
    Pending,

    /// <summary>The units are out of stock and the money is authorised, captured or paid elsewhere.</summary>
    Confirmed,

    /// <summary>Cancelled after it was confirmed.</summary>
    Cancelled,

    /// <summary>The checkout failed. Nothing is held and nothing was charged.</summary>
    Failed,
}
