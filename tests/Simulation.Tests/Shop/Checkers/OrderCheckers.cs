using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Simulation.Shop;

/// <summary>Whatever order a client was told of is there, with the same lines and total.</summary>
internal sealed class AcknowledgedOrdersSurvive(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var (id, told) in World.History.Orders)
        {
            var order = end.Orders.GetValueOrDefault(id.Value);
            Holds(order is not null, $"{id} was acknowledged and is lost.");
            Holds(
                order is null || told.EndsWith(Counter.FrozenPart(order), StringComparison.Ordinal),
                $"{id} was acknowledged as {told} and is {(order is null ? "lost" : Counter.FrozenPart(order))}.");
        }

        foreach (var seen in World.History.Seen.Where(static order => order.Status is OrderStatus.Confirmed))
        {
            Holds(
                end.Orders.GetValueOrDefault(seen.Id.Value) is { Status: OrderStatus.Confirmed or OrderStatus.Cancelled },
                $"{seen.Id} was seen confirmed and is {end.Orders.GetValueOrDefault(seen.Id.Value)?.Status}.");
        }
    }
}

/// <summary>Every order was asked for by somebody.</summary>
internal sealed class NoOrderIsAPhantom(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        var carts = World.History.Attempts.Select(static attempt => attempt.Cart).ToHashSet();
        foreach (var order in end.Known)
        {
            Holds(
                order.Cart is { } cart ? carts.Contains(cart) : World.History.TakenOver.Contains(order.Id.Value),
                $"Nobody asked for {order.Id} of {order.Cart}.");
        }
    }
}

/// <summary>Every answer under a key is the first one, whoever asks, however often, even long after.</summary>
internal sealed class SameKeyGetsTheSameAnswer(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var answers in World.History.Checkouts.GroupBy(static checkout => checkout.Request))
        {
            Holds(
                answers.Select(static checkout => checkout.Answer).Distinct().Count() == 1,
                $"{answers.Key.Key} was answered {string.Join("; and ", answers.Select(static checkout => checkout.Answer).Distinct())}.");
        }

        foreach (var answers in World.History.Operations.GroupBy(static operation => operation.Request))
        {
            Holds(
                answers.Select(static operation => operation.Answer).Distinct().Count() == 1,
                $"{answers.Key} was answered {string.Join("; and ", answers.Select(static operation => operation.Answer).Distinct())}.");
        }

        foreach (var (first, again, request) in end.Repeated)
        {
            Holds(first == again, $"{request.Key} was answered {first} and, asked again at the end, {again}.");
        }
    }
}

/// <summary>A key has one operation id, and an order begins at most once, however many ask at once.</summary>
internal sealed class OneKeyMakesOneOrder(World world) : Checker(world)
{
    private readonly Dictionary<(string Scope, string Key), OrderId> _orders = [];
    private readonly HashSet<OrderId> _begun = [];

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var changed in write.Of<IdempotencyEvent>("idempotency").OfType<IdempotencyEvent.Changed>())
        {
            var key = (changed.Record.Request.Scope, changed.Record.Request.Key);
            var order = new OrderId(OrderId.Prefix + changed.Record.OperationId);
            Holds(_orders.TryAdd(key, order) || _orders[key] == order, $"{key} makes {order} after {_orders[key]}.");
        }

        foreach (var began in write.Of<CartEvent>("cart").OfType<CartEvent.CheckoutBegan>())
        {
            Holds(_begun.Add(began.Order), $"{write.Key} begins {began.Order} again.");
        }
    }

    public override void AtTheEnd(FinalState end)
    {
        foreach (var (_, request, _, answer) in World.History.Checkouts)
        {
            if (Counter.OrderOf(answer) is { } order)
            {
                Holds(
                    _orders.GetValueOrDefault((request.Scope, request.Key)) == order,
                    $"{request.Key} was answered {order}; what it began is {_orders.GetValueOrDefault((request.Scope, request.Key))}.");
            }
        }
    }
}

/// <summary>Nothing is left that has not come to its end: no saga, no operation, no checkout, nothing in the index of due work.</summary>
internal sealed class EverySagaEnds(World world) : Checker(world)
{
    /// <summary>What has not ended: heads by their labels, and due work other than the forgetting of old answers.</summary>
    public static IEnumerable<string> Unfinished(World world) =>
        world.Tables.Heads
            .Where(static head => head.Key.State switch
            {
                "order" => head.Value.Label is not ("confirmed" or "failed"),
                _ => head.Value.Label is not null,
            })
            .Select(static head => $"{head.Key.Key} is {head.Value.Label}")
            .Concat(world.Tables.AllDue
                .Where(static due => due.StateName is not "idempotency")
                .Select(static due => $"{due.Key} is due at {due.At:T}"));

    public override void AtTheEnd(FinalState end)
    {
        foreach (var unfinished in Unfinished(World))
        {
            Violated($"{unfinished}.");
        }

        foreach (var order in end.Known)
        {
            Holds(order.Status is not OrderStatus.Pending, $"{order.Id} is pending: {order.Step}.");
        }
    }
}

/// <summary>A cart becomes at most one order that did not fail or was not called off.</summary>
internal sealed class CartYieldsOneOrder(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var orders in end.Known
            .Where(static order => order.Cart is not null && order.Status is not (OrderStatus.Failed or OrderStatus.Cancelled))
            .GroupBy(static order => order.Cart))
        {
            Holds(orders.Count() == 1, $"{orders.Key} became {string.Join(" and ", orders.Select(static order => order.Id))}.");
        }

        foreach (var cart in end.Carts.Values.OfType<CartView>())
        {
            var order = cart.Order is { } id ? end.Orders.GetValueOrDefault(id.Value) : null;
            Holds(
                cart.Status is CartStatus.Ordered ? order is { Status: not OrderStatus.Failed } : cart.Status is CartStatus.Open,
                $"{cart.Id} is {cart.Status} with {cart.Order}, which is {order?.Status}.");
        }
    }
}

/// <summary>The total is the sum of the lines, at a price that the SKU had, and never changes.</summary>
internal sealed class TotalsAreOfFrozenPrices(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var order in end.Known)
        {
            var sum = order.Items.Sum(static line => line.UnitPrice.Amount * line.Quantity);
            Holds(order.Totals.Total.Amount == sum && sum >= 0, $"{order.Id} says {order.Totals.Total}, its lines {sum}.");
            foreach (var line in order.Items.Where(_ => order.Tender is OrderTender.Card))
            {
                Holds(
                    World.History.Prices[line.Sku].Contains(line.UnitPrice.Amount),
                    $"{order.Id} sells {line.Sku} at {line.UnitPrice}, which it never cost.");
            }
        }
    }
}
