using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>What stands as sold never exceeds what was received, and not a unit is lost between the books.</summary>
internal sealed class NothingIsOversold(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var (sku, (level, _)) in end.Stocks)
        {
            var ledger = World.Tables.ReadEvents($"sku/{sku}", after: 0, int.MaxValue).Select(Parse<StockEvent>).ToArray();
            var received = ledger.OfType<StockEvent.Adjusted>().Where(entry => !IsReturn(entry)).Sum(static entry => (long)entry.Delta);
            var sold = end.Known.Sum(order => Gone(order, sku));
            Holds(sold <= received + level.BackorderLimit, $"{sku}: {sold} have left of {received} received.");
            Holds(received - sold == level.OnHand, $"{sku}: {received} received, {sold} have left, {level.OnHand} on hand.");
        }
    }

    private static bool IsReturn(StockEvent.Adjusted entry) => entry.OperationId.StartsWith(OrderId.Prefix, StringComparison.Ordinal);

    // What left the house for good: what was sold less what came back. Of an order that was called off, what a refund had left outside.
    private long Gone(OrderView order, Sku sku)
    {
        var refunded = World.Tables.ReadEvents(order.Id.Value, after: 0, int.MaxValue)
            .Select(Parse<OrderEvent>)
            .OfType<OrderEvent.Refunded>()
            .SelectMany(static refunded => refunded.Refund.Items)
            .Where(item => item.Sku == sku)
            .ToArray();
        return order.Status switch
        {
            OrderStatus.Confirmed => order.Items.Where(line => line.Sku == sku).Sum(static line => (long)line.Quantity)
                - refunded.Where(static item => item.Restock).Sum(static item => (long)item.Quantity),
            OrderStatus.Cancelled => refunded.Where(static item => !item.Restock).Sum(static item => (long)item.Quantity),
            _ => 0,
        };
    }
}

/// <summary>No stock is ever below zero, nor more promised than its policy allows: at every commit and at every read.</summary>
internal sealed class StockIsNeverNegative(World world) : Checker(world)
{
    private readonly Dictionary<string, (StockPolicy Policy, int Limit)> _policies = new(StringComparer.Ordinal);

    /// <summary>Whether a level is possible.</summary>
    public static bool Holds(StockLevel level) => Holds(level.OnHand, level.Reserved, level.Policy, level.BackorderLimit);

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var entry in write.Of<StockEvent>("stock"))
        {
            if (entry is StockEvent.PolicyChanged changed)
            {
                _policies[write.Key] = (changed.Policy, changed.BackorderLimit);
            }

            var (policy, limit) = _policies.GetValueOrDefault(write.Key);
            Holds(Holds(entry.OnHand, entry.Reserved, policy, limit), $"{write.Key}: {entry} under {policy}.");
        }
    }

    private static bool Holds(int onHand, int reserved, StockPolicy policy, int limit) => policy switch
    {
        StockPolicy.Tracked => onHand >= 0 && reserved >= 0 && reserved <= onHand,
        StockPolicy.Backorder => reserved >= 0 && onHand - reserved >= -limit,
        _ => true,
    };
}

/// <summary>A ledger has no gaps, each entry follows from the one before it, and all of them add up to what is on hand.</summary>
internal sealed class LedgerSumsToWhatIsOnHand(World world) : Checker(world)
{
    private readonly Dictionary<string, (long Sequence, int OnHand)> _ends = new(StringComparer.Ordinal);

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var (row, entry) in write.Events.Zip(write.Of<StockEvent>("stock")))
        {
            var (sequence, onHand) = _ends.GetValueOrDefault(write.Key);
            Holds(row.Sequence == sequence + 1, $"{write.Key}: entry {row.Sequence} follows {sequence}.");
            Holds(onHand + entry.Delta == entry.OnHand, $"{write.Key}: {onHand} and {entry.Delta} are not {entry.OnHand}.");
            _ends[write.Key] = (row.Sequence, entry.OnHand);
        }
    }

    public override void AtTheEnd(FinalState end)
    {
        foreach (var (sku, (level, _)) in end.Stocks)
        {
            var (sequence, onHand) = _ends.GetValueOrDefault($"sku/{sku}");
            Holds(level.OnHand == onHand, $"{sku}: {level.OnHand} on hand, {onHand} by the ledger.");
            Holds(level.Version == sequence, $"{sku}: version {level.Version}, {sequence} entries.");
        }
    }
}

/// <summary>What a stock says is reserved is the sum of its live reservations; at rest there are none.</summary>
internal sealed class ReservedIsTheSumOfReservations(World world) : Checker(world)
{
    private readonly Dictionary<(string Stock, string Order), int> _live = [];
    private readonly Dictionary<string, int> _sums = new(StringComparer.Ordinal);

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var entry in write.Of<StockEvent>("stock"))
        {
            var (order, units) = entry switch
            {
                StockEvent.UnitsReserved e => (e.Order.Value, e.Quantity),
                StockEvent.Committed e => (e.Order.Value, 0),
                StockEvent.Released e => (e.Order.Value, 0),
                StockEvent.Expired e => (e.Order.Value, 0),
                _ => (string.Empty, 0),
            };
            var before = _live.GetValueOrDefault((write.Key, order));
            _live[(write.Key, order)] = units;
            var sum = _sums[write.Key] = _sums.GetValueOrDefault(write.Key) + units - before;
            Holds(sum == entry.Reserved, $"{write.Key}: {entry.Reserved} reserved, {sum} by reservations, after {entry}.");
        }
    }

    public override void AtTheEnd(FinalState end)
    {
        foreach (var (sku, (level, reservations)) in end.Stocks)
        {
            Holds(level.Reserved == 0 && reservations.IsEmpty, $"{sku}: {level.Reserved} are reserved for {string.Join(", ", reservations)}.");
        }
    }
}

/// <summary>A reservation is made once for an order and ends once: committed, released or expired.</summary>
internal sealed class EveryReservationEndsOnce(World world) : Checker(world)
{
    private readonly Dictionary<(string Stock, OrderId Order), string?> _ends = [];

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var entry in write.Of<StockEvent>("stock"))
        {
            switch (entry)
            {
                case StockEvent.UnitsReserved e:
                    Holds(_ends.TryAdd((write.Key, e.Order), null), $"{write.Key}: {e.Order} reserves a second time.");
                    break;
                case StockEvent.Committed e:
                    End(write.Key, e.Order, "committed");
                    break;
                case StockEvent.Released e:
                    End(write.Key, e.Order, "released");
                    break;
                case StockEvent.Expired e:
                    End(write.Key, e.Order, "expired");
                    break;
            }
        }
    }

    public override void AtTheEnd(FinalState end)
    {
        foreach (var ((stock, order), how) in _ends)
        {
            Holds(how is not null, $"{stock}: the reservation of {order} has no end.");
        }
    }

    private void End(string stock, OrderId order, string how)
    {
        Holds(
            _ends.TryGetValue((stock, order), out var before) && before is null,
            $"{stock}: the reservation of {order} is {how}, and was {before ?? "never made"} before.");
        _ends[(stock, order)] = how;
    }
}

/// <summary>An order that has undone what it did holds no units when it says so: nobody waits for its reservations to expire.</summary>
internal sealed class CompensationsGiveUnitsBack(World world) : Checker(world)
{
    private readonly HashSet<(OrderId Order, string Stock)> _held = [];
    private readonly HashSet<string> _compensating = new(StringComparer.Ordinal);

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var entry in write.Of<StockEvent>("stock"))
        {
            switch (entry)
            {
                case StockEvent.UnitsReserved e:
                    _held.Add((e.Order, write.Key));
                    break;
                case StockEvent.Committed or StockEvent.Released or StockEvent.Expired:
                    _held.Remove((new OrderId(entry.Reference!), write.Key));
                    break;
            }
        }

        foreach (var happened in write.Of<OrderEvent>("order"))
        {
            if (happened is OrderEvent.Compensating)
            {
                _compensating.Add(write.Key);
            }
            else if (happened is OrderEvent.Failed && _compensating.Contains(write.Key))
            {
                var held = _held.Where(one => one.Order == new OrderId(write.Key)).Select(static one => one.Stock).Order(StringComparer.Ordinal);
                Holds(!held.Any(), $"{write.Key} has failed, and still holds units of {string.Join(", ", held)}.");
            }
        }
    }
}

/// <summary>An adjustment under an operation id counts once, and an acknowledged one is in the ledger with what was told of it.</summary>
internal sealed class AdjustmentsCountOnce(World world) : Checker(world)
{
    private readonly Dictionary<(string Stock, string Operation), StockEvent.Adjusted> _made = [];

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var entry in write.Of<StockEvent>("stock").OfType<StockEvent.Adjusted>())
        {
            Holds(_made.TryAdd((write.Key, entry.OperationId), entry), $"{write.Key}: {entry.OperationId} was made twice.");
        }
    }

    public override void AtTheEnd(FinalState end)
    {
        foreach (var (sku, operation, delta, level) in World.History.Adjustments)
        {
            var made = _made.GetValueOrDefault(($"sku/{sku}", operation));
            Holds(
                made is not null && made.Delta == delta && made.OnHand == level.OnHand,
                $"{sku}: {operation} of {delta} was acknowledged with {level}, the ledger has {made}.");
        }
    }
}
