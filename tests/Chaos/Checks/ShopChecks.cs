using System.Globalization;

namespace ActorShop.Chaos.Checks;

/// <summary>What must hold of a shop after whatever was done to it. Each check is pure: evidence in, verdict out.</summary>
/// <remarks>They are the invariants that the simulation watches from within, as far as they can be seen from outside.</remarks>
internal static partial class ShopChecks
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CheckResult> All(Evidence evidence) =>
    [
        AcknowledgedOrdersAreThere(evidence),
        OneCheckoutMakesOneOrder(evidence),
        NobodyElseOrdered(evidence),
        SameKeyGetsTheSameAnswer(evidence),
        OperationsTookEffect(evidence),
        ProviderTookNothingTwice(evidence),
        MoneyIsConserved(evidence),
        OrdersAreCovered(evidence),
        LedgersAddUp(evidence),
        NothingIsSoldTwice(evidence),
        StockMovedAsSaid(evidence),
        NothingIsUnfinished(evidence),
    ];

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");

    private static string Money(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100m:N2}");

    /// <summary>Everything comes to an end, once there is nothing to wait for.</summary>
    public static CheckResult NothingIsUnfinished(Evidence evidence) => new(
        "Nothing is left unfinished: no saga, no message, no reservation",
        Count(evidence.Books.Orders.Count, "orders from carts"),
        [
            .. evidence.Books.Unfinished,
            .. evidence.Books.Orders.Values.Where(static order => order.Status is "pending").Select(static order => $"{order.Id} is pending"),
        ]);
}
