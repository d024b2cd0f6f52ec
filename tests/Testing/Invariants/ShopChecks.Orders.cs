using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

public static partial class ShopChecks
{
    /// <summary>An acknowledged order exists, with the lines and the total that were acknowledged, and a confirmed one stays confirmed unless it is cancelled.</summary>
    public static CheckResult AcknowledgedOrdersAreThere(Evidence evidence)
    {
        var acknowledged = evidence.Acknowledged(CallKind.Checkout).ToArray();
        var cancelled = evidence.Of(CallKind.Cancel)
            .Where(static receipt => receipt.Reply.IsFine || receipt.Reply.IsUnknown)
            .Select(static receipt => receipt.Order)
            .ToHashSet(StringComparer.Ordinal);
        var violations = new List<string>();
        foreach (var receipt in acknowledged)
        {
            if (receipt.Order is null || evidence.Books.Orders.GetValueOrDefault(receipt.Order) is not { } order)
            {
                violations.Add($"{receipt.Call.Key}: order {receipt.Order} was acknowledged with {receipt.Reply.Status}, and is lost");
            }
            else if (!string.Equals(order.Cart, receipt.Call.Cart, StringComparison.Ordinal) || order.Total != receipt.Reply.Amount || !IsSame(order.Units, receipt.Call.Units))
            {
                violations.Add($"{order.Id} is not what was acknowledged: {Money(order.Total)} from {order.Cart}, but {Money(receipt.Reply.Amount)} from {receipt.Call.Cart}");
            }
            else if (receipt.Reply.Status == 201 && !order.IsConfirmed && !(order.Status is "cancelled" && cancelled.Contains(order.Id)))
            {
                violations.Add($"{order.Id} was acknowledged as confirmed, and is {order.Status}");
            }
        }

        return new(
            "Every acknowledged order exists, with the lines and the total that were acknowledged",
            $"{Count(acknowledged.Length, "acknowledged")}, {Count(acknowledged.Count(static receipt => receipt.Reply.Status == 202), "of them while pending")}",
            violations);
    }

    /// <summary>One key places one order, and a cart becomes at most one order that did not fail.</summary>
    public static CheckResult OneCheckoutMakesOneOrder(Evidence evidence)
    {
        var twice = evidence.Acknowledged(CallKind.Checkout)
            .GroupBy(static receipt => receipt.Order, StringComparer.Ordinal)
            .Where(static group => group.Select(static receipt => receipt.Call.Key).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(static group => $"{group.Key} was acknowledged under {group.Count()} keys");
        var carts = evidence.Books.Orders.Values.Where(static order => order is { Cart: not null, Status: not "failed" }).ToArray();
        var more = carts.GroupBy(static order => order.Cart, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => $"{group.Key} became {string.Join(" and ", group.Select(static order => $"{order.Id} ({order.Status})"))}");
        return new("One checkout places one order", Count(carts.Length, "carts that became an order"), [.. twice, .. more]);
    }

    /// <summary>Every order was requested.</summary>
    public static CheckResult EveryOrderWasRequested(Evidence evidence)
    {
        var asked = evidence.Of(CallKind.Checkout).Select(static receipt => receipt.Call.Cart).ToHashSet(StringComparer.Ordinal);
        var phantoms = evidence.Books.Orders.Values.Where(order => !asked.Contains(order.Cart)).Select(static order => $"{order.Id} of {order.Cart} was not requested");
        return new("Every order was requested", Count(asked.Count, "carts that were checked out"), [.. phantoms]);
    }

    /// <summary>Requests with the same key get the same answer: at once, and at the end of the run.</summary>
    public static CheckResult SameKeyGetsTheSameAnswer(Evidence evidence)
    {
        var atOnce = evidence.Of(CallKind.Checkout)
            .Where(static receipt => !receipt.Reply.IsUnknown)
            .GroupBy(static receipt => receipt.Call.Key, StringComparer.Ordinal)
            .Where(static group => group.Select(static receipt => (receipt.Reply.Status, receipt.Reply.Body)).Distinct().Count() > 1)
            .Select(static group => $"{group.Key} was answered {string.Join(" and ", group.Select(static receipt => receipt.Reply))}");
        var different = evidence.Repeated
            .Where(static again => again.Again.Status != again.First.Reply.Status || !string.Equals(again.Again.Body, again.First.Reply.Body, StringComparison.Ordinal))
            .Select(static again => $"{again.First}; when repeated: {again.Again}{(again.Again.Status == again.First.Reply.Status ? ", with another body" : "")}");
        return new("The same key gets the same answer, to the byte", Count(evidence.Repeated.Count, "requests repeated at the end"), [.. atOnce, .. different]);
    }

    /// <summary>An acknowledged operation on an order has its effect, once.</summary>
    public static CheckResult OperationsTookEffect(Evidence evidence)
    {
        var violations = new List<string>();
        var acknowledged = evidence.Receipts
            .Where(static receipt => receipt is { Reply.IsFine: true, Call.Kind: CallKind.Cancel or CallKind.Capture or CallKind.Refund })
            .ToLookup(static receipt => receipt.Order!, StringComparer.Ordinal);
        foreach (var receipts in acknowledged)
        {
            if (evidence.Books.Orders.GetValueOrDefault(receipts.Key) is not { } order)
            {
                violations.Add($"{receipts.Key} is lost");
                continue;
            }

            // An operation acknowledged as pending may be declined later.
            var isDeclined = order.Events.Contains("operation-declined", StringComparer.Ordinal);
            Expect(receipts, order, CallKind.Cancel, "cancelled", isDeclined, violations);
            Expect(receipts, order, CallKind.Capture, "captured", isDeclined, violations);
            Expect(receipts, order, CallKind.Refund, "refunded", isDeclined, violations);
            var refunded = receipts.Where(static receipt => receipt.Call.Kind is CallKind.Refund).Select(static receipt => receipt.Reply.Amount).DefaultIfEmpty().Max();
            if (order.Refunded < refunded)
            {
                violations.Add($"{order.Id}: {Money(refunded)} were acknowledged as refunded, {Money(order.Refunded)} are");
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
            "Acknowledged cancellations, captures and refunds took effect, once",
            Count(acknowledged.Sum(static receipts => receipts.Count()), "operations acknowledged"), violations);
    }

    private static void Expect(
        IEnumerable<Receipt> receipts, OrderBook order, CallKind kind, string type, bool isDeclined, List<string> violations)
    {
        var due = receipts.Where(receipt => receipt.Call.Kind == kind).Select(static receipt => receipt.Call.Key).Distinct(StringComparer.Ordinal).Count();
        var done = order.Events.Count(happened => string.Equals(happened, type, StringComparison.Ordinal));
        if (done < due && !isDeclined)
        {
            violations.Add($"{order.Id}: {kind} was acknowledged {due} times and took effect {done} times");
        }
    }

    private static bool IsSame(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Count == other.Count && one.All(line => other.TryGetValue(line.Key, out var units) && units == line.Value);
}
