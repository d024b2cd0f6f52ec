namespace ActorShop.Orders;

/// <summary>The answers of the operations on an order.</summary>
[GenerateSerializer, Immutable, Alias("orders.operation-result")]
public abstract record OrderOperationResult
{
    private OrderOperationResult()
    {
    }

    /// <summary>The operation is done, now or at an earlier call.</summary>
    /// <param name="Order">The order after it.</param>
    /// <param name="Refunded">What it gave back of the captured money.</param>
    /// <param name="Credited">What it made a credit note of.</param>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.done")]
    public sealed record Done(OrderView Order, Money Refunded, Money Credited) : OrderOperationResult;

    /// <summary>The operation is recorded and goes on: the provider has not answered yet.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.pending")]
    public sealed record Pending(OrderView Order) : OrderOperationResult;

    /// <summary>There is no such order.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.unknown")]
    public sealed record Unknown : OrderOperationResult;

    /// <summary>The order is in a state that does not allow it, and will not come out of it by itself.</summary>
    /// <param name="Order">The order.</param>
    /// <param name="Code">A problem code of the API: <c>order_not_confirmed</c>, <c>already_captured</c>, <c>already_cancelled</c>, …</param>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.refused")]
    public sealed record Refused(OrderView Order, string Code) : OrderOperationResult;

    /// <summary>
    /// Something that is under way stands in the way now: the order's own saga, or another operation. Nothing was decided, so the same
    /// operation may be answered otherwise in a moment.
    /// </summary>
    /// <param name="Order">The order.</param>
    /// <param name="Code">A problem code of the API: <c>operation_in_progress</c>, <c>too_many_operations</c>, <c>order_not_confirmed</c>.</param>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.busy")]
    public sealed record Busy(OrderView Order, string Code) : OrderOperationResult;

    /// <summary>The order does not have that SKU, or not that many units left to refund.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.no-such-line")]
    public sealed record NoSuchLine(Sku Sku, int Refundable) : OrderOperationResult;

    /// <summary>The provider said no.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.declined")]
    public sealed record Declined(OrderView Order, string DeclineCode) : OrderOperationResult;
}
