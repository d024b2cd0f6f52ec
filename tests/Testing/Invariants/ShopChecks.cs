using System.Globalization;

namespace ActorShop.Testing.Invariants;

/// <summary>What must hold of a shop at rest, whatever failed before. Each check is a pure function of the evidence.</summary>
public static partial class ShopChecks
{
    /// <summary>All checks.</summary>
    public static IReadOnlyList<CheckResult> All(Evidence evidence) =>
    [
        AcknowledgedOrdersAreThere(evidence),
        OneCheckoutMakesOneOrder(evidence),
        EveryOrderWasRequested(evidence),
        SameKeyGetsTheSameAnswer(evidence),
        OperationsTookEffect(evidence),
        ProviderChargesOnce(evidence),
        MoneyIsConserved(evidence),
        OrdersAreCovered(evidence),
        LedgersAddUp(evidence),
        NothingIsSoldTwice(evidence),
        StockMovedAsRequested(evidence),
        NothingIsUnfinished(evidence),
    ];

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");

    private static string Money(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100m:N2}");

    /// <summary>Every saga, message and reservation ends.</summary>
    public static CheckResult NothingIsUnfinished(Evidence evidence) => new(
        "Nothing is left unfinished: no saga, no message, no reservation",
        Count(evidence.Books.Orders.Count, "orders from carts"),
        [
            .. evidence.Books.Unfinished,
            .. evidence.Books.Orders.Values.Where(static order => order.Status is "pending").Select(static order => $"{order.Id} is pending"),
        ]);
}
