using Microsoft.Extensions.Logging;

namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    /// <param name="past">What the order took earlier: its reservation is a late repeat. Null if it took nothing.</param>
    public Decision<EndedReservation, StockEvent> EndReservation(OrderId order, ReservationEnd end, EndedReservation? past)
    {
        var units = UnitsOf(order);
        var ended = past ?? end switch
        {
            ReservationEnd.Allocated => new(units, 0),
            ReservationEnd.Shipped => new(0, units),
            _ => EndedReservation.Nothing,
        };
        return (end, units) switch
        {
            (ReservationEnd.Undecided, _) or (_, 0) => new(ended, []),
            (ReservationEnd.Allocated, _) when past is null => new(ended, [new StockEvent.UnitsAllocated(order, units, 0, OnHand, Reserved)]),
            (ReservationEnd.Shipped, _) when past is null => new(ended, [new StockEvent.Committed(order, units, -units, OnHand - units, Reserved - units)]),
            _ => new(ended, [new StockEvent.Released(order, units, 0, OnHand, Reserved - units)]),
        };
    }

    /// <summary>The orders to ask: those whose reservations are due.</summary>
    public ImmutableArray<OrderId> OrdersToAsk(DateTimeOffset now, int limit) =>
        [.. Reservations.Where(r => r.Value.CheckAt <= now).Take(limit).Select(static r => new OrderId(r.Key))];
}

internal abstract partial record StockEvent
{
    /// <summary>The reserved units of a confirmed order wait to be shipped.</summary>
    [Alias("inventory.stock-event.allocated")]
    internal sealed record UnitsAllocated(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved) : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        public override EndedReservation Taken => new(Quantity, 0);

        protected override Stock Change(Stock stock) => stock.Drop(Order) with { Allocated = stock.Allocated + Quantity };
    }

    /// <summary>The reserved units of an order left the stock when it was confirmed.</summary>
    [Alias("inventory.stock-event.committed")]
    internal sealed record Committed(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved) : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        public override EndedReservation Taken => new(0, Quantity);

        protected override Stock Change(Stock stock) => stock.Drop(Order);
    }

    [Alias("inventory.stock-event.released")]
    internal sealed record Released(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved) : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.Drop(Order);
    }

    /// <summary>Older versions let reservations expire. The event is still read, and no longer written.</summary>
    [Alias("inventory.stock-event.expired")]
    internal sealed record Expired(OrderId Order, int Quantity, int Delta, int OnHand, int Reserved) : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => Order.Value;

        protected override Stock Change(Stock stock) => stock.Drop(Order);
    }
}

internal sealed partial class StockGrain
{
    private const int AskWidth = 64;
    private const int AskLimit = 1_000;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    // Reservations that are being ended: a second caller looks into the ledger after the first one has written.
    private readonly Dictionary<OrderId, Task<EndedReservation>> _ending = [];
    private DateTimeOffset _askAgainAt;

    public async Task<EndedReservation> EndReservationAsync(OrderId order, ReservationEnd end, long reservation = 0)
    {
        while (_ending.TryGetValue(order, out var first))
        {
            await first;
        }

        var ending = EndAsync(order, end, reservation);
        _ending[order] = ending;
        try
        {
            return await ending;
        }
        finally
        {
            _ending.Remove(order);
        }
    }

    public async Task ResumeAsync()
    {
        if (DeactivatesUnlessDue() || Now < _askAgainAt)
        {
            return;
        }

        _askAgainAt = Now + AskAgainAfter;
        await Concurrency.ForEachAsync(Head.OrdersToAsk(Now, AskLimit), AskWidth, AskAsync);
    }

    private async Task<bool> AskAsync(OrderId order)
    {
        try
        {
            var owner = GrainFactory.GetGrain<IReservationOwner>(GrainId.Create("order", order.Value));
            await EndReservationAsync(order, await owner.GetReservationEndAsync());
            return true;
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // The order is asked again. The others must not wait for it.
            LogNotAsked(logger, fault, Key, order.Value);
            _askAgainAt = default;
            return false;
        }
    }

    private async Task<EndedReservation> EndAsync(OrderId order, ReservationEnd end, long reservation)
    {
        // The reservation on which the order was confirmed is still here, so the order has taken nothing yet: that would have ended it. One that a late
        // repeat made has another number.
        var isFirst = reservation != 0 && Head.NumberOf(order) == reservation;
        var past = end is ReservationEnd.Allocated or ReservationEnd.Shipped && !isFirst ? await FindTakenAsync(order) : null;
        var (ended, events) = Head.EndReservation(order, end, past);
        if (end is not ReservationEnd.Released && ended == EndedReservation.Nothing && Head.Policy is not StockPolicy.Untracked)
        {
            // A reservation may have been written since this activation read. The order must not ship without its units.
            await EnsureCurrentAsync();
        }

        await CommitAsync(events);
        return ended;
    }

    private async Task<EndedReservation?> FindTakenAsync(OrderId order)
    {
        await CommitAsync([]);
        return (await ledger.FindAsync(Key, order.Value)).Select(static row => Parse(row).Taken).FirstOrDefault(static taken => taken is not null);
    }

    [LoggerMessage(3300, LogLevel.Warning, "Stock {Stock} could not ask order {Order} about its reservation; it is asked again.")]
    private static partial void LogNotAsked(ILogger logger, Exception fault, string stock, string order);
}
