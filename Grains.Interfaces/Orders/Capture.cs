namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Captures all of the authorised money, once.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    [Alias("capture"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderOperationResult> CaptureAsync(string operationId);
}

public abstract partial record OrderRefusal
{
    [GenerateSerializer, Immutable, Alias("orders.refusal.already-captured")]
    public sealed record AlreadyCaptured : OrderRefusal;
}
