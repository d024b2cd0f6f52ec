using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

public static partial class ShopChecks
{
    private const string Opening = "opening stock";

    /// <summary>A ledger has no gaps and no negative entry, each entry follows from the one before, and all add up to the units on hand.</summary>
    public static CheckResult LedgersAddUp(Evidence evidence)
    {
        var violations = new List<string>();
        foreach (var (sku, stock) in evidence.Books.Stocks)
        {
            long onHand = 0, sequence = 0;
            var live = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var entry in stock.Ledger)
            {
                if (entry.Sequence != ++sequence)
                {
                    violations.Add($"{sku}: the ledger has entry {entry.Sequence} in place of {sequence}");
                    break;
                }

                onHand += entry.Delta;
                Follow(live, entry);
                if (onHand != entry.OnHand || live.Values.Sum() != entry.Reserved)
                {
                    violations.Add($"{sku}: {onHand} on hand and {live.Values.Sum()} reserved by the ledger, but {entry.OnHand} and {entry.Reserved} by entry {sequence}");
                    break;
                }

                if (entry.OnHand < 0 || entry.Reserved > entry.OnHand)
                {
                    violations.Add($"{sku}: {entry.OnHand} on hand, {entry.Reserved} reserved after entry {sequence}");
                }
            }

            if (stock.OnHand != onHand || stock.Version != sequence)
            {
                violations.Add($"{sku}: {stock.OnHand} on hand at version {stock.Version}, but its {sequence} entries sum to {onHand}");
            }
        }

        return new(
            "Stock ledgers have no gaps, sum to the units on hand, and were never negative",
            $"{Count(evidence.Books.Stocks.Count, "SKUs")}, {Count(evidence.Books.Stocks.Values.Sum(static stock => (long)stock.Ledger.Count), "entries")}",
            violations);
    }

    /// <summary>A reservation ends once. A confirmed order took its units once, a failed one none.</summary>
    public static CheckResult NothingIsSoldTwice(Evidence evidence)
    {
        var violations = new List<string>();
        var taken = new Dictionary<(string Order, string Sku), int>();
        long committed = 0;
        foreach (var (sku, stock) in evidence.Books.Stocks)
        {
            foreach (var entries in stock.Ledger.Where(static entry => entry.Order is not null).GroupBy(static entry => entry.Order!, StringComparer.Ordinal))
            {
                var ends = entries.Count(static entry => entry.Type is "committed" or "released" or "expired");
                if (ends != 1 || entries.Count(static entry => entry.Type is "reserved") != 1)
                {
                    violations.Add($"{sku}: the reservation of {entries.Key} was {string.Join(", ", entries.Select(static entry => entry.Type))}");
                }

                var units = entries.Where(static entry => entry.Type is "committed").Sum(static entry => entry.Quantity);
                committed += units;
                if (units != 0)
                {
                    taken[(entries.Key, sku)] = units;
                }
            }
        }

        foreach (var order in evidence.Books.Orders.Values)
        {
            foreach (var (sku, units) in order.Units)
            {
                var left = taken.GetValueOrDefault((order.Id, sku));
                var due = order.IsConfirmed || order.Status is "cancelled" ? units : 0;
                if (left != due && order.Status is not ("pending" or "failed"))
                {
                    violations.Add($"{order.Id} is {order.Status} and sells {units} {sku}, but {left} left the stock");
                }
            }
        }

        foreach (var ((order, sku), units) in taken.Where(pair => !evidence.Books.Orders.ContainsKey(pair.Key.Order)))
        {
            violations.Add($"{sku}: {units} left the stock for {order}, which does not exist");
        }

        return new("Nothing is sold twice: each reservation ends once, each order takes its units once", Count(committed, "units sold"), violations);
    }

    /// <summary>An acknowledged restock is in the ledger once, and the ledger has no other adjustments.</summary>
    public static CheckResult StockMovedAsRequested(Evidence evidence)
    {
        var violations = new List<string>();
        var made = evidence.Books.Stocks
            .SelectMany(static stock => stock.Value.Ledger.Where(static entry => entry.Type is "adjusted").Select(entry => (Sku: stock.Key, Entry: entry)))
            .ToLookup(static item => item.Entry.Reason ?? string.Empty, StringComparer.Ordinal);
        var receipts = evidence.Of(CallKind.Restock).ToArray();
        foreach (var receipt in receipts)
        {
            var (sku, units) = (receipt.Call.Sku, receipt.Call.Quantity);
            var entries = made[receipt.Call.Key!].ToArray();
            var isRight = entries.Length == 1 && string.Equals(entries[0].Sku, sku, StringComparison.Ordinal) && entries[0].Entry.Delta == units;
            if (!isRight && (receipt.Reply.IsFine || entries.Length > 0))
            {
                violations.Add($"{receipt.Call.Key}: {units} {sku} were {(receipt.Reply.IsFine ? "acknowledged" : "requested")}, but the ledger has {string.Join(", ", entries.Select(static item => $"{item.Entry.Delta} {item.Sku}"))}");
            }
        }

        foreach (var good in evidence.Goods)
        {
            var opened = made[Opening].Where(item => string.Equals(item.Sku, good.Sku, StringComparison.Ordinal)).Sum(static item => item.Entry.Delta);
            if (opened != good.Opening)
            {
                violations.Add($"{good.Sku}: the opening stock was {good.Opening}, but the ledger has {opened}");
            }
        }

        // Units that orders return carry the operation of the order; every other adjustment was requested.
        var known = receipts.Select(static receipt => receipt.Call.Key!).Append(Opening).ToHashSet(StringComparer.Ordinal);
        violations.AddRange(made.Where(group => !known.Contains(group.Key))
            .SelectMany(static group => group)
            .Where(static item => item.Entry.Operation?.StartsWith("ord_", StringComparison.Ordinal) is not true)
            .Select(static item => $"{item.Sku}: {item.Entry.Delta} moved for '{item.Entry.Reason}', which was not requested"));
        violations.AddRange(evidence.Books.Stocks.SelectMany(static stock => stock.Value.Ledger
            .Where(static entry => entry is { Type: "adjusted", Operation: not null })
            .GroupBy(static entry => entry.Operation, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .Select(group => $"{stock.Key}: {group.Key} moved stock {group.Count()} times")));
        return new(
            "Acknowledged restocks are in the ledger once, and nothing else is",
            $"{Count(receipts.Count(static receipt => receipt.Reply.IsFine), "acknowledged")}, {Count(made.Sum(static group => group.Count()), "entries")}", violations);
    }

    private static void Follow(Dictionary<string, int> live, LedgerEntry entry)
    {
        switch (entry.Type)
        {
            case "reserved":
                live[entry.Order!] = entry.Quantity;
                break;
            case "committed" or "released" or "expired":
                live.Remove(entry.Order!);
                break;
        }
    }
}
