using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

public static partial class ShopChecks
{
    /// <summary>A ledger has no gaps and no impossible entry, each entry follows from the one before, and all add up to the units on hand and the reserved ones.</summary>
    public static CheckResult LedgersAddUp(Evidence evidence)
    {
        var check = new Check("Stock ledgers have no gaps, sum to the units on hand, and were never negative");
        foreach (var (sku, stock) in evidence.Books.Stocks)
        {
            long onHand = 0, reserved = 0, sequence = 0;
            var (policy, limit) = (StockPolicy.Tracked, 0);
            var live = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (number, entry) in evidence.Ledgers[sku])
            {
                if (!check.That(number == ++sequence, $"{sku}: the ledger has entry {number} in place of {sequence}"))
                {
                    break;
                }

                onHand += entry.Delta;
                reserved += Follow(live, entry);
                (policy, limit) = entry is StockEvent.PolicyChanged changed ? (changed.Policy, changed.BackorderLimit) : (policy, limit);
                var isPossible = entry.Reserved >= 0 && policy switch
                {
                    StockPolicy.Tracked => entry.OnHand >= 0 && entry.Reserved <= entry.OnHand,
                    StockPolicy.Backorder => entry.OnHand - entry.Reserved >= -limit,
                    _ => true,
                };
                check.That(isPossible, $"{sku}: {entry.OnHand} on hand, {entry.Reserved} reserved after entry {sequence} under {policy}");
                if (!check.That(
                    onHand == entry.OnHand && reserved == entry.Reserved,
                    $"{sku}: {onHand} on hand and {reserved} reserved by the ledger, but {entry.OnHand} and {entry.Reserved} by entry {sequence}"))
                {
                    break;
                }
            }

            check.That(
                stock.OnHand == onHand && stock.Version == sequence,
                $"{sku}: {stock.OnHand} on hand at version {stock.Version}, but its {sequence} entries sum to {onHand}");
        }

        return check.Result(
            $"{Count(evidence.Books.Stocks.Count, "SKUs")}, {Count(evidence.Ledgers.Sum(static ledger => (long)ledger.Count()), "entries")}");
    }

    /// <summary>Each reservation of an order ends, and at most one of them takes its units: a later one is a late repeat. A confirmed order took its units once.</summary>
    public static CheckResult ReservationsEndOnce(Evidence evidence)
    {
        var check = new Check("Each reservation ends once, and each order takes its units once");
        var taken = new Dictionary<(string Order, string Sku), int>();
        foreach (var ledger in evidence.Ledgers)
        {
            foreach (var entries in ledger.Where(static entry => IsOfReservation(entry.Data)).GroupBy(static entry => entry.Data.Reference!, StringComparer.Ordinal))
            {
                check.That(
                    entries.Count() % 2 == 0 && entries.Index().All(static entry => entry.Item.Data is StockEvent.UnitsReserved == (entry.Index % 2 == 0))
                    && entries.Count(static entry => entry.Data.Taken is not null) <= 1,
                    $"{ledger.Key}: the reservation of {entries.Key} was {string.Join(", ", entries.Select(static entry => entry.Data.GetType().Name))}");
                var units = entries.Sum(static entry => entry.Data.Taken is { } units ? units.Allocated + units.Shipped : 0);
                if (units != 0)
                {
                    taken[(entries.Key, ledger.Key)] = units;
                    var order = evidence.Books.Orders.GetValueOrDefault(entries.Key);
                    check.That(order?.Status is "confirmed" or "cancelled", $"{ledger.Key}: {units} were taken for {entries.Key}, which {(order is null ? "does not exist" : $"is {order.Status}")}");
                }
            }
        }

        foreach (var order in evidence.Books.Orders.Values.Where(static order => order.Status is "confirmed" or "cancelled"))
        {
            foreach (var (sku, units) in order.Units)
            {
                var left = taken.GetValueOrDefault((order.Id, sku));
                check.That(left == units, $"{order.Id} is {order.Status} and sells {units} {sku}, but {left} were taken from the stock");
            }
        }

        return check.Result(Count(taken.Values.Sum(static units => (long)units), "units sold"));
    }

    public static CheckResult NothingIsOversold(Evidence evidence)
    {
        var check = new Check("Nothing is sold twice: what was received and not sold is available");
        var sold = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var order in evidence.Books.Orders.Values.Where(static order => order.Status is "confirmed" or "cancelled"))
        {
            // Of a cancelled order, what a refund had left outside stays sold.
            var refunded = evidence.OrderEvents[order.Id].OfType<OrderEvent.Refunded>().SelectMany(static refunded => refunded.Refund.Items).ToArray();
            foreach (var (sku, units) in order.Units)
            {
                var items = refunded.Where(item => string.Equals(item.Sku.Value, sku, StringComparison.Ordinal)).ToLookup(static item => item.Restock, static item => item.Quantity);
                sold[sku] = sold.GetValueOrDefault(sku) + (order.IsConfirmed ? units - items[true].Sum() : items[false].Sum());
            }
        }

        foreach (var (sku, stock) in evidence.Books.Stocks)
        {
            var received = evidence.Ledgers[sku].Select(static entry => entry.Data).OfType<StockEvent.Adjusted>().Where(static entry => !IsReturn(entry)).Sum(static entry => (long)entry.Delta);
            var left = sold.GetValueOrDefault(sku);
            check.That(received - left == stock.OnHand - stock.Reserved, $"{sku}: {received} received, {left} sold, {stock.OnHand} on hand, {stock.Reserved} reserved");
        }

        return check.Result(Count(sold.Values.Sum(), "units sold for good"));
    }

    public static CheckResult CompensationsGiveUnitsBack(Evidence evidence)
    {
        var check = new Check("An order that was undone holds no units");
        var (held, undone) = (new HashSet<(string Order, string Stock)>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (stream, _, data) in evidence.Books.Events)
        {
            switch (data)
            {
                case StockEvent.UnitsReserved when !undone.Contains(data.Reference!):
                    // A late repeat, after the order was undone, ends when the stock asks the order.
                    held.Add((data.Reference!, stream));
                    break;
                case StockEvent entry when IsOfReservation(entry):
                    held.Remove((data.Reference!, stream));
                    break;
                case OrderEvent.Compensating:
                    undone.Add(stream);
                    break;
                case OrderEvent.Failed when undone.Contains(stream):
                    var still = held.Where(one => string.Equals(one.Order, stream, StringComparison.Ordinal)).Select(static one => one.Stock).ToArray();
                    check.That(still.Length == 0, $"{stream} has failed, and still holds units of {string.Join(", ", still)}");
                    break;
            }
        }

        return check.Result(Count(undone.Count, "orders undone"));
    }

    /// <summary>An acknowledged adjustment is in the ledger once, with the level that was acknowledged, and the ledger has no other adjustments.</summary>
    public static CheckResult StockMovedAsRequested(Evidence evidence)
    {
        var check = new Check("Acknowledged adjustments are in the ledger once, and nothing else is");
        var made = evidence.Ledgers
            .SelectMany(static ledger => ledger.Select(static entry => entry.Data).OfType<StockEvent.Adjusted>().Select(entry => (Sku: ledger.Key, Entry: entry)))
            .ToLookup(static item => item.Entry.Reason, StringComparer.Ordinal);
        var receipts = evidence.Of(CallKind.Restock).ToArray();
        foreach (var (call, reply, _, _) in receipts)
        {
            var entries = made[call.Key!].ToArray();
            var isRight = entries is [var (sku, entry)] && string.Equals(sku, call.Sku, StringComparison.Ordinal) && entry.Delta == call.Quantity
                && (!reply.IsFine || entry.OnHand == reply.OnHand);
            check.That(
                isRight || (entries.Length == 0 && !reply.IsFine),
                $"{call.Key}: {call.Quantity} {call.Sku} were {(reply.IsFine ? "acknowledged" : "requested")}, but the ledger has {string.Join(", ", entries.Select(static item => $"{item.Entry.Delta} {item.Sku}"))}");
        }

        var known = receipts.Select(static receipt => receipt.Call.Key!).ToHashSet(StringComparer.Ordinal);
        foreach (var (sku, entry) in made.SelectMany(static group => group))
        {
            check.That(IsReturn(entry) || known.Contains(entry.Reason), $"{sku}: {entry.Delta} moved for '{entry.Reason}', which was not requested");
        }

        foreach (var operation in made.SelectMany(static group => group).GroupBy(static item => (item.Sku, item.Entry.OperationId)))
        {
            check.That(!operation.Skip(1).Any(), $"{operation.Key.Sku}: {operation.Key.OperationId} moved stock {operation.Count()} times");
        }

        return check.Result(
            $"{Count(receipts.Count(static receipt => receipt.Reply.IsFine), "acknowledged")}, {Count(made.Sum(static group => group.Count()), "entries")}");
    }

    // Units that an order returns carry an operation of the order.
    private static bool IsReturn(StockEvent.Adjusted entry) => entry.OperationId.StartsWith(OrderId.Prefix, StringComparison.Ordinal);

    private static bool IsOfReservation(StockEvent entry) =>
        entry is StockEvent.UnitsReserved or StockEvent.UnitsAllocated or StockEvent.Committed or StockEvent.Released or StockEvent.Expired;

    // Returns by how much the reserved units change.
    private static int Follow(Dictionary<string, int> live, StockEvent entry)
    {
        if (!IsOfReservation(entry))
        {
            return entry switch
            {
                StockEvent.Shipped shipped => -shipped.Quantity,
                StockEvent.Deallocated free => -free.Quantity,
                _ => 0,
            };
        }

        var before = live.GetValueOrDefault(entry.Reference!);
        var after = live[entry.Reference!] = entry is StockEvent.UnitsReserved made ? made.Quantity : 0;
        return after - before + (entry.Taken?.Allocated ?? 0);
    }
}
