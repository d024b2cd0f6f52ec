using System.Globalization;
using ActorShop.Orders;

namespace ActorShop.Testing.Invariants;

/// <summary>What must hold of a shop at rest, whatever failed before. Each check is a pure function of the evidence.</summary>
public static partial class ShopChecks
{
    public static IReadOnlyList<CheckResult> All(Evidence evidence) =>
    [
        AcknowledgedOrdersAreThere(evidence),
        OneCheckoutMakesOneOrder(evidence),
        EveryOrderWasRequested(evidence),
        SameKeyGetsTheSameAnswer(evidence),
        OperationsTookEffect(evidence),
        StatesFollowLegalEdges(evidence),
        TotalsAreOfFrozenPrices(evidence),
        RefundsStayWithinTheirLines(evidence),
        ProviderChargesOnce(evidence),
        MoneyIsConserved(evidence),
        OrdersAreCovered(evidence),
        LedgersAddUp(evidence),
        ReservationsEndOnce(evidence),
        NothingIsOversold(evidence),
        CompensationsGiveUnitsBack(evidence),
        StockMovedAsRequested(evidence),
        ReadModelSaysWhatHappened(evidence),
        NothingIsUnfinished(evidence),
    ];

    public static CheckResult ReadModelSaysWhatHappened(Evidence evidence)
    {
        var (check, listed) = (new Check("Lists and reports show what the shop shows"), evidence.Books.Listed);
        foreach (var order in evidence.Books.Orders.Values)
        {
            var status = listed.Orders.GetValueOrDefault(order.Id);
            check.That(string.Equals(status, order.Status, StringComparison.Ordinal), $"{order.Id} is listed as {status}, and is {order.Status}");
            var refunded = listed.Refunds.GetValueOrDefault(order.Id);
            check.That(!order.IsConfirmed || refunded == order.Refunded, $"{order.Id} is listed with {refunded} refunded, and has {order.Refunded}");
        }

        foreach (var (sku, stock) in evidence.Books.Stocks)
        {
            var level = listed.Stocks.GetValueOrDefault(sku);
            check.That(level == (stock.OnHand, stock.Reserved), $"{sku} is listed with {level}, and is {stock}");
        }

        return check.Result(Count(evidence.Books.Orders.Count, "orders"));
    }

    public static CheckResult NothingIsUnfinished(Evidence evidence)
    {
        var check = new Check("Nothing is left unfinished: no saga, no message, no reservation");
        check.Add(evidence.Books.Unfinished);
        foreach (var order in evidence.Books.Orders.Values)
        {
            check.That(order.Status is not "pending", $"{order.Id} is pending");
        }

        foreach (var (sku, stock) in evidence.Books.Stocks)
        {
            var due = DueUnits(evidence, sku);
            check.That(stock.Reserved == due, $"{stock.Reserved} units of {sku} are reserved, and {due} are to be shipped");
        }

        return check.Result(Count(evidence.Books.Orders.Count, "orders"));
    }

    // The units of confirmed orders that are neither shipped nor refunded.
    private static long DueUnits(Evidence evidence, string sku) => evidence.Books.Orders.Values
        .Where(order => order.IsConfirmed && !evidence.OrderEvents[order.Id].Any(static happened => happened is OrderEvent.Shipped or OrderEvent.Placed { Command.Fulfilled: true }))
        .Sum(order => order.Units.GetValueOrDefault(sku) - evidence.OrderEvents[order.Id]
            .OfType<OrderEvent.Refunded>()
            .SelectMany(static refunded => refunded.Refund.Items)
            .Where(item => string.Equals(item.Sku.Value, sku, StringComparison.Ordinal))
            .Sum(static item => (long)item.Quantity));

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");

    private static string Money(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100m:N2}");
}
