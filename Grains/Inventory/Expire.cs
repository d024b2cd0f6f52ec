namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    /// <summary>Expires due reservations: at most <see cref="SweepLimit"/>.</summary>
    public ImmutableArray<StockEvent> Expire(DateTimeOffset now) => Sweep(now, order: null).Expired;

    // Reservations expire at the minute, but the one in question at its exact time: an expired reservation cannot be committed.
    private (Stock Stock, ImmutableArray<StockEvent> Expired) Sweep(DateTimeOffset now, OrderId? order)
    {
        var isLate = order is { } asked && Reservations.TryGetValue(asked.Value, out var live) && live.ExpiresAt <= now;
        if (!isLate && (Due is not { } due || due > now))
        {
            return (this, []);
        }

        var stock = this;
        var expired = ImmutableArray.CreateBuilder<StockEvent>();
        var late = Reservations.Where(r => r.Value.ExpiresAt <= now)
            .OrderBy(r => string.Equals(r.Key, order?.Value, StringComparison.Ordinal) ? 0 : 1)
            .Take(SweepLimit);
        foreach (var (id, reservation) in late)
        {
            var happened = new StockEvent.Expired(new(id), reservation.Quantity, 0, stock.OnHand, stock.Reserved - reservation.Quantity);
            expired.Add(happened);
            stock = happened.ApplyTo(stock);
        }

        return (stock, expired.ToImmutable());
    }
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.expired")]
    internal sealed record Expired(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.End(Order, committed: false);
    }
}
