using ActorShop.Accounting;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.Simulation.Shop;

/// <summary>The provider never takes more than it holds, each key takes effect once, and the currency is that of the hold.</summary>
internal sealed class CaptureStaysWithinTheHold(World world) : Checker(world)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Authorised, long Captured, long Refunded, string Currency)> _payments = new(StringComparer.Ordinal);

    public override void OnEntry(JournalEntry entry)
    {
        if (entry.Outcome is not JournalOutcome.Done)
        {
            return;
        }

        Holds(_keys.Add(entry.Key), $"{entry.Key} took effect twice.");
        var before = _payments.GetValueOrDefault(entry.Payment);
        var after = entry.Kind switch
        {
            ProviderOperationKind.Authorise => before with { Authorised = before.Authorised + entry.Amount, Currency = entry.Currency },
            ProviderOperationKind.Capture => before with { Captured = before.Captured + entry.Amount },
            ProviderOperationKind.Refund => before with { Refunded = before.Refunded + entry.Amount },
            _ => before,
        };
        _payments[entry.Payment] = after;
        Holds(after.Captured <= after.Authorised, $"{entry.Payment}: {after.Captured} taken of {after.Authorised}.");
        Holds(after.Refunded <= after.Captured, $"{entry.Payment}: {after.Refunded} given back of {after.Captured}.");
        Holds(
            entry.Kind is ProviderOperationKind.Void || string.Equals(entry.Currency, after.Currency, StringComparison.Ordinal),
            $"{entry.Key}: {entry.Currency} of a hold in {after.Currency}.");
    }
}

/// <summary>What the provider took and gave back is what orders say and what the account book says; the book sums to zero.</summary>
internal sealed class MoneyIsConserved(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        var cards = end.Known.Where(static order => order.Tender is OrderTender.Card).ToArray();
        var streams = cards.Select(static order => order.Id.Value).ToHashSet(StringComparer.Ordinal);
        var cash = World.Tables.Postings
            .Where(row => row.Posting.Account is Accounts.Cash && streams.Contains(row.Stream))
            .Sum(static row => row.Posting.Amount);
        var atTheProvider = World.Journal.Entries.Where(static entry => entry.Outcome is JournalOutcome.Done).Sum(static entry => entry.Kind switch
        {
            ProviderOperationKind.Capture => entry.Amount,
            ProviderOperationKind.Refund => -entry.Amount,
            _ => 0,
        });
        var inTheOrders = cards.Sum(static order => order.PaymentStatus switch
        {
            PaymentStatus.Captured or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded =>
                order.Totals.Total.Amount - order.Refunded.Amount,
            _ => 0,
        });
        Holds(cash == atTheProvider, $"{cash} in cash, {atTheProvider} at the provider.");
        Holds(inTheOrders == atTheProvider, $"{inTheOrders} by the orders, {atTheProvider} at the provider.");
        Holds(World.Tables.Postings.Sum(static row => row.Posting.Amount) == 0, "The account book does not sum to zero.");
    }

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var moved in write.Postings.GroupBy(static posting => (posting.Sequence, posting.Currency)))
        {
            Holds(moved.Sum(static posting => posting.Amount) == 0, $"{write.Key}: the postings of event {moved.Key.Sequence} do not sum to zero.");
        }
    }
}

/// <summary>Where money was taken there is an order that was confirmed, or all of it went back.</summary>
internal sealed class CapturedMoneyHasAnOrder(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        var orders = end.Known.ToDictionary(static order => Order.PaymentOf(order.Id).Value, StringComparer.Ordinal);
        foreach (var payment in World.Journal.Entries.Select(static entry => entry.Payment).Distinct(StringComparer.Ordinal))
        {
            var order = orders.GetValueOrDefault(payment);
            if (order is null)
            {
                Violated($"{payment} is known to the provider, and its order to nobody.");
                continue;
            }

            var paid = FinalState.PaidOf(World, order.Id);
            Holds(
                paid.Captured == paid.Refunded || order.Status is OrderStatus.Confirmed,
                $"{order.Id} is {order.Status}: {paid}.");
        }
    }
}

/// <summary>An order that failed or was called off costs nothing and holds nothing.</summary>
internal sealed class FailedOrdersHoldNothing(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var order in end.Known.Where(static order => order.Status is OrderStatus.Failed or OrderStatus.Cancelled))
        {
            var paid = FinalState.PaidOf(World, order.Id);
            Holds(paid.Held == 0 && paid.Captured == paid.Refunded, $"{order.Id} is {order.Status} ({order.Failure?.Code}): {paid}.");
        }
    }
}

/// <summary>An order that stands has taken its units out of stock, and its money is held or taken: all of it.</summary>
internal sealed class ConfirmedOrdersAreCovered(World world) : Checker(world)
{
    private readonly Dictionary<(string Stock, OrderId Order), int> _committed = [];

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var entry in write.Of<Inventory.StockEvent>("stock").OfType<Inventory.StockEvent.Committed>())
        {
            _committed[(write.Key, entry.Order)] = entry.Quantity;
        }
    }

    public override void AtTheEnd(FinalState end)
    {
        foreach (var order in end.Known.Where(static order => order.Status is OrderStatus.Confirmed))
        {
            foreach (var demand in Order.DemandOf(order.Items))
            {
                var taken = _committed.GetValueOrDefault(($"sku/{demand.Sku}", order.Id));
                Holds(taken == demand.Quantity, $"{order.Id} sells {demand.Quantity} {demand.Sku}, {taken} left the stock.");
            }

            if (order.Tender is OrderTender.Card)
            {
                var paid = FinalState.PaidOf(World, order.Id);
                var total = order.Totals.Total.Amount;
                Holds(
                    order.PaymentStatus is PaymentStatus.Authorised
                        ? paid.Held == total && paid.Captured == 0
                        : paid.Captured == total && paid.Refunded == order.Refunded.Amount,
                    $"{order.Id} of {total} is {order.PaymentStatus}: {paid}.");
            }
        }
    }
}

/// <summary>What goes back of a line, and how many of its units, is never more than was paid and bought: the rest is a credit note.</summary>
internal sealed class RefundsStayWithinTheirLines(World world) : Checker(world)
{
    private readonly Dictionary<string, PlacedOrder> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Order, string Operation), OrderEvent.RefundRequested> _asked = [];
    private readonly Dictionary<(string Order, int Line), (int Units, long Amount)> _returned = [];

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var happened in write.Of<OrderEvent>("order"))
        {
            switch (happened)
            {
                case OrderEvent.Placed placed:
                    _orders[write.Key] = placed.Command;
                    break;
                case OrderEvent.RefundRequested asked:
                    _asked[(write.Key, asked.OperationId)] = asked;
                    break;
                case OrderEvent.Refunded refunded:
                    Return(write.Key, _asked[(write.Key, refunded.OperationId)]);
                    break;
            }
        }
    }

    private void Return(string order, OrderEvent.RefundRequested refund)
    {
        Holds(refund.Refund.Amount == refund.Returns.Sum(static line => line.Amount), $"{order}: {refund.Refund} is not the sum of its lines.");
        foreach (var back in refund.Returns)
        {
            var (units, amount) = _returned.GetValueOrDefault((order, back.Line));
            var sum = _returned[(order, back.Line)] = (units + back.Units, amount + back.Amount);
            var line = _orders[order].Lines[back.Line];
            Holds(
                sum.Units <= line.Quantity && sum.Amount <= line.LineTotal.Amount,
                $"{order}: {sum.Units} units and {sum.Amount} went back of {line.Quantity} for {line.LineTotal}.");
        }
    }
}
