namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Records that a confirmed order was shipped in whole: its units leave the stock.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    [Alias("ship"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderOperationResult> ShipAsync(string operationId);
}

public abstract partial record OrderRefusal
{
    [GenerateSerializer, Immutable, Alias("orders.refusal.already-shipped")]
    public sealed record AlreadyShipped : OrderRefusal;

    [GenerateSerializer, Immutable, Alias("orders.refusal.nothing-to-ship")]
    public sealed record NothingToShip : OrderRefusal;
}
