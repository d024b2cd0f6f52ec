using ActorShop.Chaos.Workload;

namespace ActorShop.Chaos.Checks;

internal static partial class ShopChecks
{
    private const string Opening = "opening stock";

    /// <summary>A ledger has no gaps, each entry follows from the one before it, none is below zero, and all add up to what is on hand.</summary>
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
                    violations.Add($"{sku}: the ledger has {entry.Sequence} where {sequence} is due");
                    break;
                }

                onHand += entry.Delta;
                Follow(live, entry);
                if (onHand != entry.OnHand || live.Values.Sum() != entry.Reserved)
                {
                    violations.Add($"{sku}: {onHand} on hand and {live.Values.Sum()} reserved by its ledger, entry {sequence} says {entry.OnHand} and {entry.Reserved}");
                    break;
                }

                if (entry.OnHand < 0 || entry.Reserved > entry.OnHand)
                {
                    violations.Add($"{sku}: {entry.OnHand} on hand, {entry.Reserved} reserved after entry {sequence}");
                }
            }

            if (stock.OnHand != onHand || stock.Version != sequence)
            {
                violations.Add($"{sku}: {stock.OnHand} on hand at version {stock.Version}, its {sequence} entries sum to {onHand}");
            }
        }

        return new(
            "Stock ledgers have no gaps, sum to what is on hand, and were never below zero",
            $"{Count(evidence.Books.Stocks.Count, "SKUs")}, {Count(evidence.Books.Stocks.Values.Sum(static stock => (long)stock.Ledger.Count), "entries")}",
            violations);
    }

    /// <summary>A reservation ends once; an order that stands took its units exactly once; one that failed took none.</summary>
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
                    violations.Add($"{order.Id} is {order.Status} and sells {units} {sku}, {left} left the stock");
                }
            }
        }

        foreach (var ((order, sku), units) in taken.Where(pair => !evidence.Books.Orders.ContainsKey(pair.Key.Order)))
        {
            violations.Add($"{sku}: {units} left the stock for {order}, which nobody knows");
        }

        return new("Nothing is sold twice: each reservation ends once, each order takes its units once", Count(committed, "units sold"), violations);
    }

    /// <summary>What was put on the shelf is in the ledger once, if it was acknowledged; and nothing came there that nobody put.</summary>
    public static CheckResult StockMovedAsSaid(Evidence evidence)
    {
        var violations = new List<string>();
        var made = evidence.Books.Stocks
            .SelectMany(static stock => stock.Value.Ledger.Where(static entry => entry.Type is "adjusted").Select(entry => (Sku: stock.Key, Entry: entry)))
            .ToLookup(static item => item.Entry.Reason ?? string.Empty, StringComparer.Ordinal);
        var receipts = evidence.Of(ReceiptKind.Restock).ToArray();
        foreach (var receipt in receipts)
        {
            var (sku, units) = receipt.Units.Single();
            var entries = made[receipt.Key].ToArray();
            var isRight = entries.Length == 1 && string.Equals(entries[0].Sku, sku, StringComparison.Ordinal) && entries[0].Entry.Delta == units;
            if (!isRight && (receipt.IsAcknowledged || entries.Length > 0))
            {
                violations.Add($"{receipt.Key}: {units} {sku} were {(receipt.IsAcknowledged ? "acknowledged" : "asked for")}, the ledger has {string.Join(", ", entries.Select(static item => $"{item.Entry.Delta} {item.Sku}"))}");
            }
        }

        foreach (var good in evidence.Goods)
        {
            var opened = made[Opening].Where(item => string.Equals(item.Sku, good.Sku, StringComparison.Ordinal)).Sum(static item => item.Entry.Delta);
            if (opened != good.Opening)
            {
                violations.Add($"{good.Sku}: {good.Opening} were there at the beginning, the ledger has {opened}");
            }
        }

        // What orders put back names the operation of an order; everything else must have been asked for.
        var known = receipts.Select(static receipt => receipt.Key).Append(Opening).ToHashSet(StringComparer.Ordinal);
        violations.AddRange(made.Where(group => !known.Contains(group.Key))
            .SelectMany(static group => group)
            .Where(static item => item.Entry.Operation?.StartsWith("ord_", StringComparison.Ordinal) is not true)
            .Select(static item => $"{item.Sku}: {item.Entry.Delta} moved for '{item.Entry.Reason}', which nobody asked for"));
        violations.AddRange(evidence.Books.Stocks.SelectMany(static stock => stock.Value.Ledger
            .Where(static entry => entry is { Type: "adjusted", Operation: not null })
            .GroupBy(static entry => entry.Operation, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .Select(group => $"{stock.Key}: {group.Key} moved stock {group.Count()} times")));
        return new(
            "What was acknowledged as put on the shelf is there, once, and nothing else",
            $"{Count(receipts.Count(static receipt => receipt.IsAcknowledged), "acknowledged")}, {Count(made.Sum(static group => group.Count()), "entries")}", violations);
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
