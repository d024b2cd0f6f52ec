namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Cancels a confirmed order: the hold is voided or the captured money refunded, and the units return to stock.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="reason">At most 200 characters.</param>
    [Alias("cancel"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderOperationResult> CancelAsync(string operationId, string reason);
}

public abstract partial record OrderRefusal
{
    [GenerateSerializer, Immutable, Alias("orders.refusal.already-cancelled")]
    public sealed record AlreadyCancelled : OrderRefusal;
}
