namespace ActorShop.Orders;

[Alias("orders.order-event")]
internal abstract partial record OrderEvent : EntityEvent<Order>, IEvent
{
    public virtual string? Reference => null;

    public virtual ImmutableArray<string> Topics => [];

    public virtual ImmutableArray<(string Account, Money Amount)> Postings => [];

    /// <summary>The outcome of the operation that the event ends; null if it ends none.</summary>
    public virtual OperationOutcome? Outcome => null;

    /// <summary>The provider declined an operation, which has no effect.</summary>
    [Alias("orders.order-event.operation-declined")]
    internal sealed record OperationDeclined(string OperationId, string Code, DateTimeOffset? At = null) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override OperationOutcome? Outcome => new(DeclineCode: Code);

        public override Order ApplyTo(Order order) =>
            order.SetAside(order.FindOperation(OperationId)?.Returns ?? [], sign: -1).Finish(OperationId, Outcome!, At);
    }
}
