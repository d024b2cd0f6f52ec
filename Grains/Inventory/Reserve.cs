namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    public Decision<ReserveResult, StockEvent> Reserve(OrderId order, int quantity, TimeSpan lifetime, DateTimeOffset now, Past past)
    {
        var (stock, expired) = Sweep(now, order);
        if (stock.EndOf(order, past) is { } committed)
        {
            return new(new ReserveResult.Ended(committed), expired);
        }

        if (stock.Reservations.TryGetValue(order.Value, out var live))
        {
            return new(new ReserveResult.Reserved(live.ExpiresAt), expired);
        }

        var expiresAt = now + lifetime;
        if (stock.Policy is StockPolicy.Untracked)
        {
            return new(new ReserveResult.Reserved(expiresAt), expired);
        }

        return quantity > stock.Promisable
            ? new(new ReserveResult.Insufficient(stock.Promisable), expired)
            : new(
                new ReserveResult.Reserved(expiresAt),
                expired.Add(new StockEvent.UnitsReserved(order, quantity, expiresAt, 0, stock.OnHand, stock.Reserved + quantity)));
    }

    internal Stock Add(OrderId order, Reservation reservation) => this with
    {
        Reservations = Reservations.SetItem(order.Value, reservation),
        _expiries = Count(reservation.ExpiresAt, 1),
    };
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.reserved")]
    internal sealed record UnitsReserved(OrderId Order, int Quantity, DateTimeOffset ExpiresAt, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.Add(Order, new(Quantity, ExpiresAt));
    }
}

internal sealed partial class StockGrain
{
    public async Task<ReserveResult> ReserveAsync(OrderId order, int quantity, TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, Stock.MaxUnits);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        var past = await LookUpAsync(order);
        var reply = CommitAsync(Head.Reserve(order, quantity, lifetime, Now, past));
        ArmTimer();
        return await reply;
    }
}
