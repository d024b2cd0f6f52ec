namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Cancels a confirmed order: the hold is voided or the captured money refunded, and the units are free again.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="reason">At most 200 characters.</param>
    [Alias("cancel"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderOperationResult> CancelAsync(string operationId, string reason);

    /// <summary>Cancels a confirmed order as its customer may: until the money is captured or the order shipped, and within a time after placing.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="reason">At most 200 characters.</param>
    [Alias("cancel-by-customer"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderOperationResult> CancelByCustomerAsync(string operationId, string reason);
}

public abstract partial record OrderRefusal
{
    [GenerateSerializer, Immutable, Alias("orders.refusal.already-cancelled")]
    public sealed record AlreadyCancelled : OrderRefusal;

    /// <summary>The time in which a customer may cancel is over.</summary>
    [GenerateSerializer, Immutable, Alias("orders.refusal.cancel-window-over")]
    public sealed record CancelWindowOver : OrderRefusal;
}
