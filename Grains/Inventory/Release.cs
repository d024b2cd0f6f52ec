namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    public ImmutableArray<StockEvent> Release(OrderId order) => Reservations.TryGetValue(order.Value, out var live)
        ? [new StockEvent.Released(order, live.Quantity, 0, OnHand, Reserved - live.Quantity)]
        : [];
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.released")]
    internal sealed record Released(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.End(Order, committed: false);
    }
}

internal sealed partial class StockGrain
{
    // A reservation that this activation does not know may have been written since it read: its caller had no answer, and compensates.
    public Task ReleaseAsync(OrderId order) => Head.Knows(order) ? CommitAsync(Head.Release(order)) : EnsureCurrentAsync();
}
