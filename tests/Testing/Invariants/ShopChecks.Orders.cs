using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

public static partial class ShopChecks
{
    /// <summary>An acknowledged order exists, with the lines and the total that were acknowledged, and a confirmed one stays confirmed unless it is cancelled.</summary>
    public static CheckResult AcknowledgedOrdersAreThere(Evidence evidence)
    {
        var check = new Check("Every acknowledged order exists, with the lines and the total that were acknowledged");
        var placed = evidence.Receipts.Where(static receipt => receipt.IsPlaced).ToArray();
        var cancelled = evidence.Of(CallKind.Cancel)
            .Where(static receipt => receipt.Reply.IsFine || receipt.Reply.IsUnknown)
            .Select(static receipt => receipt.Order)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var receipt in placed)
        {
            var order = evidence.Books.Orders.GetValueOrDefault(receipt.Order!);
            if (check.That(order is not null, $"{receipt.Call.Key}: order {receipt.Order} was acknowledged with {receipt.Reply.Status}, and is lost"))
            {
                check.That(
                    string.Equals(order!.Cart, receipt.Call.Cart, StringComparison.Ordinal) && order.Total == receipt.Reply.Amount && IsSame(order.Units, receipt.Call.Units),
                    $"{order.Id} is not what was acknowledged: {Money(order.Total)} from {order.Cart}, but {Money(receipt.Reply.Amount)} from {receipt.Call.Cart}");
                check.That(
                    receipt.Call.ExpectedTotal is not { } expected || order.Total == expected,
                    $"{order.Id} costs {Money(order.Total)}, but the customer agreed to {Money(receipt.Call.ExpectedTotal ?? 0)}");
            }
        }

        var confirmed = placed.Where(static receipt => receipt.Reply.Status == 201).Concat(evidence.Of(CallKind.ReadOrder));
        foreach (var id in confirmed.Select(static receipt => receipt.Order!).Distinct(StringComparer.Ordinal))
        {
            var status = evidence.Books.Orders.GetValueOrDefault(id)?.Status;
            check.That(
                status is "confirmed" || (status is "cancelled" && cancelled.Contains(id)), $"{id} was acknowledged as confirmed, and is {status ?? "lost"}");
        }

        return check.Result(
            $"{Count(placed.Length, "acknowledged")}, {Count(placed.Count(static receipt => receipt.Reply.Status == 202), "of them while pending")}");
    }

    /// <summary>One key places one order, an order begins once, and a cart has one checkout at a time and becomes at most one order that did not fail.</summary>
    public static CheckResult OneCheckoutMakesOneOrder(Evidence evidence)
    {
        var check = new Check("One checkout places one order");
        foreach (var receipts in evidence.Receipts.Where(static receipt => receipt.IsPlaced).GroupBy(static receipt => receipt.Order, StringComparer.Ordinal))
        {
            var keys = receipts.Select(static receipt => receipt.Call.Key).Distinct(StringComparer.Ordinal).Count();
            check.That(keys == 1, $"{receipts.Key} was acknowledged under {keys} keys");
        }

        foreach (var receipts in evidence.Receipts.Where(static receipt => receipt.IsPlaced).GroupBy(static receipt => receipt.Call.Key, StringComparer.Ordinal))
        {
            var ids = receipts.Select(static receipt => receipt.Order).Distinct(StringComparer.Ordinal).ToArray();
            check.That(ids.Length == 1, $"{receipts.Key} was answered with the orders {string.Join(" and ", ids)}");
        }

        var orders = evidence.Books.Orders.Values.Where(static order => order is { Cart: not null, Status: not "failed" })
            .ToLookup(static order => order.Cart!, StringComparer.Ordinal);
        foreach (var cart in orders)
        {
            check.That(!cart.Skip(1).Any(), $"{cart.Key} became {string.Join(" and ", cart.Select(static order => $"{order.Id} ({order.Status})"))}");
        }

        var filled = evidence.Of(CallKind.Checkout).Where(static receipt => receipt.Call.Units.Count > 0)
            .Select(static receipt => receipt.Call.Cart).ToHashSet(StringComparer.Ordinal);
        var (begun, expired) = (new HashSet<OrderId>(), 0);
        foreach (var cart in evidence.CartEvents)
        {
            OrderId? open = null, ordered = null;
            foreach (var happened in cart)
            {
                if (happened is CartEvent.CheckoutBegan began)
                {
                    check.That(open is null && ordered is null, $"{cart.Key} begins {began.Order} beside {open ?? ordered}");
                    check.That(begun.Add(began.Order), $"{cart.Key} begins {began.Order} again");
                }

                check.That(happened is not CartEvent.Expired || (open is null && ordered is null), $"{cart.Key} expires beside {open ?? ordered}");
                check.That(happened is not CartEvent.Expired || !filled.Contains(cart.Key), $"{cart.Key} expires although it had a line");
                expired += happened is CartEvent.Expired ? 1 : 0;
                (open, ordered) = happened switch
                {
                    CartEvent.CheckoutBegan e => (e.Order, ordered),
                    CartEvent.Reopened => (null, ordered),
                    CartEvent.Ordered e => (null, e.Order),
                    _ => (open, ordered),
                };
            }

            check.That(open is null, $"{cart.Key} is still in the checkout of {open}");
            check.That(
                ordered is null ? !orders[cart.Key].Any() : orders[cart.Key].Any(order => string.Equals(order.Id, ordered.Value.Value, StringComparison.Ordinal)),
                $"{cart.Key} says that it became {ordered?.Value ?? "nothing"}, and became {string.Join(", ", orders[cart.Key].Select(static order => order.Id))}");
        }

        var operations = new Dictionary<(string Scope, string Key), string>();
        foreach (var (_, _, data) in evidence.Books.Events)
        {
            if (data is IdempotencyEvent.Changed { Record: var record })
            {
                var key = (record.Request.Scope, record.Request.Key);
                check.That(operations.TryAdd(key, record.OperationId) || string.Equals(operations[key], record.OperationId, StringComparison.Ordinal), $"{key} is of {record.OperationId} after {operations[key]}");
            }
        }

        return check.Result($"{Count(orders.Count, "carts that became an order")}, {Count(expired, "that expired")}");
    }

    public static CheckResult EveryOrderWasRequested(Evidence evidence)
    {
        var check = new Check("Every order was requested");
        var carts = evidence.Of(CallKind.Checkout).Select(static receipt => receipt.Call.Cart).ToHashSet(StringComparer.Ordinal);
        var imports = evidence.Of(CallKind.Import).Select(static receipt => receipt.Call.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var order in evidence.Books.Orders.Values)
        {
            check.That(
                order.Cart is null ? imports.Contains(order.ExternalId) : carts.Contains(order.Cart), $"{order.Id} of {order.Cart ?? order.ExternalId} was not requested");
        }

        return check.Result($"{Count(carts.Count, "carts that were checked out")}, {Count(imports.Count, "imports")}");
    }

    public static CheckResult SameKeyGetsTheSameAnswer(Evidence evidence)
    {
        var check = new Check("The same key gets the same answer, to the byte");
        foreach (var receipts in evidence.Receipts
            .Where(static receipt => receipt is { Call.Key: not null, Reply.IsKept: true })
            .GroupBy(static receipt => receipt.Call.Key, StringComparer.Ordinal))
        {
            // A checkout that was answered as pending is answered as it settled from then on.
            var answers = receipts.Where(static receipt => !IsPendingCheckout(receipt)).Select(static receipt => (receipt.Reply.Status, receipt.Reply.Body)).Distinct().ToArray();
            check.That(answers.Length <= 1, $"{receipts.Key} was answered {string.Join(" and ", answers)}");
        }

        foreach (var (first, again) in evidence.Repeated)
        {
            var isSame = IsPendingCheckout(first)
                ? again.Status == 201 ? string.Equals(again.Id, first.Reply.Id, StringComparison.Ordinal) : evidence.Books.Orders.GetValueOrDefault(first.Order!)?.Status is "failed"
                : again.Status == first.Reply.Status && string.Equals(again.Body, first.Reply.Body, StringComparison.Ordinal);
            check.That(
                isSame,
                $"{first}; when repeated: {again}{(again.Status == first.Reply.Status ? ", with another body" : "")}");
        }

        return check.Result(Count(evidence.Repeated.Count, "requests repeated at the end"));
    }

    public static CheckResult OperationsTookEffect(Evidence evidence)
    {
        var check = new Check("Acknowledged cancellations, captures and refunds took effect, once");
        var acknowledged = evidence.Receipts
            .Where(static receipt => receipt is { Reply.IsFine: true, Call.Kind: CallKind.Cancel or CallKind.Capture or CallKind.Refund or CallKind.Ship })
            .ToLookup(static receipt => receipt.Order!, StringComparer.Ordinal);
        foreach (var receipts in acknowledged)
        {
            var order = evidence.Books.Orders.GetValueOrDefault(receipts.Key);
            if (!check.That(order is not null, $"{receipts.Key} is lost"))
            {
                continue;
            }

            // An operation acknowledged as pending may be declined later.
            var events = evidence.OrderEvents[receipts.Key].ToArray();
            foreach (var (kind, done) in ((CallKind, int)[])[
                (CallKind.Cancel, events.OfType<OrderEvent.Cancelled>().Count()),
                (CallKind.Capture, events.OfType<OrderEvent.Captured>().Count()),
                (CallKind.Ship, events.OfType<OrderEvent.Shipped>().Count()),
                (CallKind.Refund, events.OfType<OrderEvent.Refunded>().Count())])
            {
                var due = receipts.Where(receipt => receipt.Call.Kind == kind).Select(static receipt => receipt.Call.Key).Distinct(StringComparer.Ordinal).Count();
                check.That(
                    done >= due || events.OfType<OrderEvent.OperationDeclined>().Any(), $"{order!.Id}: {kind} was acknowledged {due} times and took effect {done} times");
            }

            var refunded = receipts.Where(static receipt => receipt.Call.Kind is CallKind.Refund).Select(static receipt => receipt.Reply.Amount).DefaultIfEmpty().Max();
            check.That(order!.Refunded >= refunded, $"{order.Id}: {Money(refunded)} were acknowledged as refunded, {Money(order.Refunded)} are");
        }

        return check.Result(Count(acknowledged.Sum(static receipts => receipts.Count()), "operations acknowledged"));
    }

    public static CheckResult StatesFollowLegalEdges(Evidence evidence)
    {
        var check = new Check("Orders and their operations follow legal edges, and what has ended stays ended");
        foreach (var events in evidence.OrderEvents)
        {
            var (state, running, ended) = ("", new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            foreach (var happened in events)
            {
                var (from, to) = happened switch
                {
                    OrderEvent.Placed => ([""], "placed"),
                    OrderEvent.Reserved => (["placed"], "authorising"),
                    OrderEvent.Authorised => (["authorising"], "confirming"),
                    OrderEvent.Confirmed => (["placed", "confirming"], "confirmed"),
                    OrderEvent.Compensating => (["placed", "authorising", "confirming"], "compensating"),
                    OrderEvent.Failed => (["", "compensating"], "failed"),
                    _ => ((string[])["confirmed"], "confirmed"),
                };
                check.That(from.Contains(state, StringComparer.Ordinal), $"{events.Key}: {happened} while it is '{state}'");
                state = to;
                if (happened is OrderEvent.CaptureRequested or OrderEvent.RefundRequested or OrderEvent.CancelRequested or OrderEvent.ShipRequested)
                {
                    check.That(!ended.Contains(happened.Reference!) && running.Add(happened.Reference!), $"{events.Key} begins {happened.Reference} twice");
                }
                else if (happened.Reference is { } operation)
                {
                    check.That(running.Remove(operation) && ended.Add(operation), $"{events.Key} ends {operation}, which is not running");
                }
            }

            foreach (var (once, count) in ((string, int)[])[
                ("captured", events.OfType<OrderEvent.Captured>().Count()), ("cancelled", events.OfType<OrderEvent.Cancelled>().Count()),
                ("shipped or cancelled", events.Count(static happened => happened is OrderEvent.Shipped or OrderEvent.Cancelled))])
            {
                check.That(count <= 1, $"{events.Key} was {once} {count} times");
            }
        }

        return check.Result(Count(evidence.OrderEvents.Count, "orders"));
    }

    public static CheckResult TotalsAreOfFrozenPrices(Evidence evidence)
    {
        var check = new Check("Totals are sums of lines, at prices that the SKUs had");
        var prices = evidence.Receipts.Where(static receipt => receipt.Call.Kind is CallKind.CreateProduct or CallKind.SetPrice)
            .Select(static receipt => (receipt.Call.Sku!, receipt.Call.Price!.Value))
            .ToHashSet();
        foreach (var order in evidence.Books.Orders.Values)
        {
            var sum = order.Lines.Sum(static line => line.Price * line.Quantity);
            check.That(order.Total == sum && sum >= 0, $"{order.Id} costs {Money(order.Total)}, its lines {Money(sum)}");
            foreach (var line in order.Lines)
            {
                check.That(order.Cart is null || prices.Contains((line.Sku, line.Price)), $"{order.Id} sells {line.Sku} at {Money(line.Price)}, which was never its price");
            }
        }

        return check.Result(Count(prices.Count, "prices"));
    }

    /// <summary>What is refunded of a line, and how many of its units, is never more than was paid and bought: the rest is a credit note.</summary>
    public static CheckResult RefundsStayWithinTheirLines(Evidence evidence)
    {
        var check = new Check("No refund is larger than its lines");
        var refunds = 0;
        foreach (var events in evidence.OrderEvents)
        {
            var done = events.OfType<OrderEvent.Refunded>().Select(static refunded => refunded.OperationId).ToHashSet(StringComparer.Ordinal);
            var requests = events.OfType<OrderEvent.RefundRequested>().Where(request => done.Contains(request.OperationId)).ToArray();
            refunds += requests.Length;
            foreach (var request in requests)
            {
                check.That(request.Refund.Amount == request.Returns.Sum(static line => line.Amount), $"{events.Key}: {request.Refund} is not the sum of its lines");
            }

            var lines = events.OfType<OrderEvent.Placed>().FirstOrDefault()?.Command.Lines ?? [];
            foreach (var line in requests.SelectMany(static request => request.Returns).GroupBy(static line => line.Line))
            {
                var (units, amount, bought) = (line.Sum(static back => back.Units), line.Sum(static back => back.Amount), lines[line.Key]);
                check.That(
                    units <= bought.Quantity && amount <= bought.LineTotal.Amount,
                    $"{events.Key}: {units} units and {Money(amount)} were returned of {bought.Quantity} for {Money(bought.LineTotal.Amount)}");
            }
        }

        return check.Result(Count(refunds, "refunds"));
    }

    private static bool IsPendingCheckout(Receipt receipt) => receipt is { Call.Kind: CallKind.Checkout, Reply.Status: 202 };

    private static bool IsSame(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> other) =>
        one.Count == other.Count && one.All(line => other.TryGetValue(line.Key, out var units) && units == line.Value);
}
