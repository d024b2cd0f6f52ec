using ActorShop.Chaos.Workload;

namespace ActorShop.Chaos.Checks;

internal static partial class ShopChecks
{
    /// <summary>Whatever order a customer was told of is there, with the same lines and total, and where it was said to stand it stands.</summary>
    public static CheckResult AcknowledgedOrdersAreThere(Evidence evidence)
    {
        var acknowledged = evidence.Acknowledged(ReceiptKind.Checkout).ToArray();
        var calledOff = evidence.Of(ReceiptKind.Cancel)
            .Where(static receipt => receipt.IsAcknowledged || receipt.IsUnknown)
            .Select(static receipt => receipt.Order)
            .ToHashSet(StringComparer.Ordinal);
        var violations = new List<string>();
        foreach (var receipt in acknowledged)
        {
            if (receipt.Order is null || evidence.Books.Orders.GetValueOrDefault(receipt.Order) is not { } order)
            {
                violations.Add($"{receipt.Key}: order {receipt.Order} was acknowledged with {receipt.Status}, and is lost");
            }
            else if (!string.Equals(order.Cart, receipt.Cart, StringComparison.Ordinal) || order.Total != receipt.Amount || !IsSame(order.Units, receipt.Units))
            {
                violations.Add($"{order.Id} is not what was acknowledged: {Money(order.Total)} from {order.Cart}, it was {Money(receipt.Amount)} from {receipt.Cart}");
            }
            else if (receipt.Status == 201 && !order.IsConfirmed && !(order.Status is "cancelled" && calledOff.Contains(order.Id)))
            {
                violations.Add($"{order.Id} was acknowledged as confirmed, and is {order.Status}");
            }
        }

        return new(
            "Every acknowledged order is there, with the lines and the total that were acknowledged",
            $"{Count(acknowledged.Length, "acknowledged")}, {Count(acknowledged.Count(static receipt => receipt.Status == 202), "of them while the saga went on")}",
            violations);
    }

    /// <summary>One key makes one order, and a cart yields at most one that came about.</summary>
    public static CheckResult OneCheckoutMakesOneOrder(Evidence evidence)
    {
        var twice = evidence.Acknowledged(ReceiptKind.Checkout)
            .GroupBy(static receipt => receipt.Order, StringComparer.Ordinal)
            .Where(static group => group.Select(static receipt => receipt.Key).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(static group => $"{group.Key} was acknowledged under {group.Count()} keys");
        var carts = evidence.Books.Orders.Values.Where(static order => order is { Cart: not null, Status: not "failed" }).ToArray();
        var more = carts.GroupBy(static order => order.Cart, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => $"{group.Key} became {string.Join(" and ", group.Select(static order => $"{order.Id} ({order.Status})"))}");
        return new("One checkout makes one order", Count(carts.Length, "carts that became an order"), [.. twice, .. more]);
    }

    /// <summary>Each order that is there was asked for by somebody.</summary>
    public static CheckResult NobodyElseOrdered(Evidence evidence)
    {
        var asked = evidence.Of(ReceiptKind.Checkout).Select(static receipt => receipt.Cart).ToHashSet(StringComparer.Ordinal);
        var phantoms = evidence.Books.Orders.Values.Where(order => !asked.Contains(order.Cart)).Select(static order => $"{order.Id} of {order.Cart} was asked for by nobody");
        return new("Nobody has an order that was not asked for", Count(asked.Count, "carts that were checked out"), [.. phantoms]);
    }

    /// <summary>A request that is repeated under its key is answered as it was the first time.</summary>
    public static CheckResult SameKeyGetsTheSameAnswer(Evidence evidence)
    {
        var different = evidence.Repeated
            .Where(static again => again.Status != again.First.Status || !string.Equals(again.Answer, again.First.Answer, StringComparison.Ordinal))
            .Select(static again => $"{again.First.Key}: {again.First.Status} the first time, {again.Status} again, {(again.Status == again.First.Status ? "with another body" : again.Answer)}");
        return new("The same key gets the same answer, to the byte", Count(evidence.Repeated.Count, "old requests repeated"), [.. different]);
    }

    /// <summary>What was said to be done with an order is done, and once.</summary>
    public static CheckResult OperationsTookEffect(Evidence evidence)
    {
        var violations = new List<string>();
        var acknowledged = evidence.Receipts
            .Where(static receipt => receipt is { IsAcknowledged: true, Kind: ReceiptKind.Cancel or ReceiptKind.Capture or ReceiptKind.Refund })
            .ToLookup(static receipt => receipt.Order!, StringComparer.Ordinal);
        foreach (var receipts in acknowledged)
        {
            if (evidence.Books.Orders.GetValueOrDefault(receipts.Key) is not { } order)
            {
                violations.Add($"{receipts.Key} is lost");
                continue;
            }

            // What was only said to be going on may have been declined in the end.
            var isDeclined = order.Events.Contains("operation-declined", StringComparer.Ordinal);
            Expect(receipts, order, ReceiptKind.Cancel, "cancelled", isDeclined, violations);
            Expect(receipts, order, ReceiptKind.Capture, "captured", isDeclined, violations);
            Expect(receipts, order, ReceiptKind.Refund, "refunded", isDeclined, violations);
            var told = receipts.Where(static receipt => receipt.Kind is ReceiptKind.Refund).Sum(static receipt => receipt.Amount);
            if (order.Refunded < told)
            {
                violations.Add($"{order.Id}: {Money(told)} were acknowledged as refunded, {Money(order.Refunded)} went back");
            }
        }

        foreach (var order in evidence.Books.Orders.Values)
        {
            foreach (var once in (string[])["placed", "confirmed", "captured", "cancelled", "failed"])
            {
                if (order.Events.Count(type => string.Equals(type, once, StringComparison.Ordinal)) > 1)
                {
                    violations.Add($"{order.Id} was {once} more than once");
                }
            }
        }

        return new(
            "What was acknowledged as cancelled, captured or refunded is, and once",
            Count(acknowledged.Sum(static receipts => receipts.Count()), "operations acknowledged"), violations);
    }

    private static void Expect(
        IEnumerable<Receipt> receipts, OrderBook order, ReceiptKind kind, string type, bool isDeclined, List<string> violations)
    {
        var due = receipts.Where(receipt => receipt.Kind == kind).Select(static receipt => receipt.Key).Distinct(StringComparer.Ordinal).Count();
        var done = order.Events.Count(happened => string.Equals(happened, type, StringComparison.Ordinal));
        if (done < due && !isDeclined)
        {
            violations.Add($"{order.Id}: {kind} was acknowledged {due} times, and took effect {done} times");
        }
    }

    private static bool IsSame(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Count == other.Count && one.All(line => other.TryGetValue(line.Key, out var units) && units == line.Value);
}
