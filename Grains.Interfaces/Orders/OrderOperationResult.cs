namespace ActorShop.Orders;

[GenerateSerializer, Immutable, Alias("orders.operation-result")]
public abstract record OrderOperationResult
{
    private OrderOperationResult()
    {
    }

    /// <summary>The operation is done, now or at an earlier call.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.done")]
    public sealed record Done(OrderView Order, Money Refunded, Money Credited) : OrderOperationResult;

    /// <summary>The operation is stored and continues: the provider has not answered yet.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.pending")]
    public sealed record Pending(OrderView Order) : OrderOperationResult;

    [GenerateSerializer, Immutable, Alias("orders.operation-result.unknown")]
    public sealed record Unknown : OrderOperationResult;

    /// <summary>The order's state does not allow the operation, and will not change by itself.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.refused")]
    public sealed record Refused(OrderView Order, OrderRefusal Refusal) : OrderOperationResult;

    /// <summary>
    /// The order's saga or another operation is in the way. Nothing was decided: the same operation may get another answer in a moment.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.busy")]
    public sealed record Busy(OrderView Order, OrderRefusal Refusal) : OrderOperationResult;

    /// <summary>The order does not have the SKU, or has fewer units of it left to refund.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.no-such-line")]
    public sealed record NoSuchLine(Sku Sku, int Refundable) : OrderOperationResult;

    [GenerateSerializer, Immutable, Alias("orders.operation-result.declined")]
    public sealed record Declined(OrderView Order, string DeclineCode) : OrderOperationResult;
}
