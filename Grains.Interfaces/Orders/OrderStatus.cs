namespace ActorShop.Orders;

/// <summary>Where an order stands.</summary>
[GenerateSerializer, Alias("orders.order-status")]
public enum OrderStatus
{
    /// <summary>The saga is under way.</summary>
    Pending,

    /// <summary>Stock is taken and the money is certain.</summary>
    Confirmed,

    /// <summary>Everything is shipped.</summary>
    Completed,

    /// <summary>Called off after it was confirmed.</summary>
    Cancelled,

    /// <summary>It never came about. Nothing is held and nothing was charged.</summary>
    Failed,
}
