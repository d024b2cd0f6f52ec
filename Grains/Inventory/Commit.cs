namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    // An untracked stock has nothing to commit, and the commit succeeds. It also succeeds for an unknown order shortly after tracking began:
    // its units were promised before, and were never counted.
    public Decision<CommitResult, StockEvent> Commit(OrderId order, DateTimeOffset now, Past past)
    {
        var (stock, expired) = Sweep(now, order);
        if (stock.Reservations.TryGetValue(order.Value, out var live))
        {
            var quantity = live.Quantity;
            return new(
                new CommitResult.Committed(),
                expired.Add(new StockEvent.Committed(order, quantity, -quantity, stock.OnHand - quantity, stock.Reserved - quantity)));
        }

        var held = stock.EndOf(order, past)
            ?? (stock.Policy is StockPolicy.Untracked || (stock.CountedSince is { } since && now < since + UncountedPromises));
        return new(held ? new CommitResult.Committed() : new CommitResult.Lost(), expired);
    }
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.committed")]
    internal sealed record Committed(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.End(Order, committed: true);
    }
}

internal sealed partial class StockGrain
{
    public async Task<CommitResult> CommitAsync(OrderId order)
    {
        var past = await LookUpAsync(order);
        return await CommitAsync(Head.Commit(order, Now, past));
    }
}
