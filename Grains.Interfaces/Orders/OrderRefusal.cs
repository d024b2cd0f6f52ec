namespace ActorShop.Orders;

/// <summary>Why an operation on an order is refused. Each operation adds its own cases; the problem code is a case's name.</summary>
[GenerateSerializer, Immutable, Alias("orders.refusal")]
public abstract partial record OrderRefusal
{
    private OrderRefusal()
    {
    }

    [GenerateSerializer, Immutable, Alias("orders.refusal.order-not-confirmed")]
    public sealed record OrderNotConfirmed : OrderRefusal;

    [GenerateSerializer, Immutable, Alias("orders.refusal.operation-in-progress")]
    public sealed record OperationInProgress : OrderRefusal;
}
