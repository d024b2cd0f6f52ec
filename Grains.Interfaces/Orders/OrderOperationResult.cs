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

    /// <summary>Fewer units of the SKU are on hand than the order ships.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.insufficient-stock")]
    public sealed record InsufficientStock(Sku Sku, int OnHand) : OrderOperationResult;

    /// <summary>The refund is more than what is left of the amount paid for the SKU.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.exceeds-paid")]
    public sealed record ExceedsPaid(Sku Sku, Money Refundable) : OrderOperationResult;

    /// <summary>The credit notes of the order would be more than <see cref="Totals.Max"/>.</summary>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.total-too-large")]
    public sealed record TotalTooLarge : OrderOperationResult;

    /// <summary>An amount is not in the currency of the order.</summary>
    /// <param name="Item">The item's place in the request, from 0.</param>
    /// <param name="Member">The member of the item.</param>
    /// <param name="Currency">The currency of the order.</param>
    [GenerateSerializer, Immutable, Alias("orders.operation-result.currency-mismatch")]
    public sealed record CurrencyMismatch(int Item, string Member, string Currency) : OrderOperationResult;

    [GenerateSerializer, Immutable, Alias("orders.operation-result.declined")]
    public sealed record Declined(OrderView Order, string DeclineCode) : OrderOperationResult;
}
