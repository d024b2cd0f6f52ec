namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Refunds units, money, or both, and returns units to stock where asked.</summary>
    /// <remarks>Money beyond what was paid for the lines is refused, or becomes a credit note, in an account of its own.</remarks>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    [Alias("refund"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderOperationResult> RefundAsync(string operationId, RefundRequest request);
}

public abstract partial record OrderRefusal
{
    [GenerateSerializer, Immutable, Alias("orders.refusal.not-captured")]
    public sealed record NotCaptured : OrderRefusal;

    [GenerateSerializer, Immutable, Alias("orders.refusal.too-many-operations")]
    public sealed record TooManyOperations : OrderRefusal;
}
