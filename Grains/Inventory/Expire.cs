namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    /// <summary>What expires at a time: at most <see cref="SweepLimit"/> reservations.</summary>
    public ImmutableArray<StockEvent> Expire(DateTimeOffset now) => Sweep(now, order: null).Expired;

    // Reservations whose minute has come; and the one in question at its exact time, so that nobody commits what has expired.
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
            stock = stock.Apply(happened);
        }

        return (stock, expired.ToImmutable());
    }
}

internal abstract partial record StockEvent
{
    /// <summary>Reserved units came back because their time was over.</summary>
    [Alias("inventory.stock-event.expired")]
    internal sealed record Expired(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        /// <inheritdoc/>
        public override string Reference => Order.Value;

        /// <inheritdoc/>
        public override Stock ApplyTo(Stock stock) => stock.End(Order, committed: false);
    }
}
