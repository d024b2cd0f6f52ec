using ActorShop.Chaos.Checks;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Chaos;

/// <summary>Goal: the checks accept a correct shop, and each violation is found by its check. Method: books and receipts written by hand.</summary>
public sealed class ShopChecksTests
{
    private static readonly (string Lie, Func<Evidence, Evidence> Tell, string Claim)[] All =
    [
        ("an acknowledged order is lost", static e => e.Without("ord_1"), "Every acknowledged order exists"),
        ("an order has another total", static e => e.With(Honest.Order("ord_1") with { Total = 1 }), "Every acknowledged order exists"),
        ("an order lacks a line", static e => e.With(Honest.Order("ord_1") with { Units = new Dictionary<string, int>(StringComparer.Ordinal) }), "Every acknowledged order exists"),
        ("a confirmed order has failed since", static e => e.With(Honest.Order("ord_1") with { Status = "failed" }), "Every acknowledged order exists"),
        ("an order is cancelled without a request", static e => e.With(Honest.Order("ord_1") with { Status = "cancelled" }), "Every acknowledged order exists"),
        ("a cart becomes two orders", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9" }), "One checkout places one order"),
        ("two keys get one order", static e => e.And(Honest.Checkout("k9", "cart_1", "ord_1")), "One checkout places one order"),
        ("an order without a request", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9", Cart = "cart_9" }), "Every order was requested"),
        ("a repeated key gets another answer", static e => e with { Repeated = [new(e.Receipts.First(), new(201) { Body = "{}" })] }, "The same key gets the same answer"),
        ("a key gets two answers at once", static e => e.And(Honest.Checkout("k1", "cart_1", "ord_1", e.Receipts.First().Call.Units, 200, status: 202)), "The same key gets the same answer"),
        ("a repeated key gets another status", static e => e with { Repeated = [new(e.Receipts.First(), e.Receipts.First().Reply with { Status = 202 })] }, "The same key gets the same answer"),
        ("a capture that did not happen", static e => e.With(Honest.Order("ord_2") with { Events = ["placed", "confirmed", "refunded"] }), "Acknowledged cancellations"),
        ("a capture that happened twice", static e => e.With(Honest.Order("ord_2") with { Events = ["placed", "confirmed", "captured", "captured", "refunded"] }), "Acknowledged cancellations"),
        ("a refund of less than was acknowledged", static e => e.With(Honest.Order("ord_2") with { Refunded = 10 }), "Acknowledged cancellations"),
        ("a charge with two effects", static e => e.Paid(new("k", "capture", "pay_2", 100, "done"), new("k", "capture", "pay_2", 100, "done")), "The payment provider charged nothing twice"),
        ("a charge above the hold", static e => e.Paid(new ProviderEntry("k", "capture", "pay_1", 300, "done")), "The payment provider charged nothing twice"),
        ("money that the account book lacks", static e => e.Paid(new ProviderEntry("k", "capture", "pay_1", 100, "done")), "Money is conserved"),
        ("a posting without its other side", static e => e.Posted(new AccountSum("ord_2", "sales", 1)), "Money is conserved"),
        ("cash that the provider lacks", static e => e.Posted(new("ord_2", "cash", 1), new("ord_2", "sales", -1)), "Money is conserved"),
        ("a payment without an order", static e => e.Paid(new ProviderEntry("k", "authorise", "pay_9", 100, "done")), "Confirmed orders are held or paid"),
        ("a failed order that holds money", static e => e.Paid(new ProviderEntry("k", "authorise", "pay_3", 100, "done")), "Confirmed orders are held or paid"),
        ("a confirmed order without money", static e => e with { Books = e.Books with { Provider = [.. e.Books.Provider.Where(static entry => entry.Payment is not "pay_1")] } }, "Confirmed orders are held or paid"),
        ("a ledger with a gap", static e => e.Stock(static ledger => ledger.RemoveAt(1)), "Stock ledgers have no gaps"),
        ("a stock above its ledger", static e => e.Stock(static _ => { }, onHand: 99), "Stock ledgers have no gaps"),
        ("a negative stock", static e => e.Stock(static ledger => ledger.Add(new(8, "adjusted", -50, -43, 0, Reason: "k", Operation: "x"))), "Stock ledgers have no gaps"),
        ("reserved units without a reservation", static e => e.Stock(static ledger => ledger.Add(new(8, "adjusted", 1, 8, 3, Reason: "k", Operation: "x"))), "Stock ledgers have no gaps"),
        ("a sale that takes its units twice", static e => e.Stock(static ledger => ledger.Add(new(8, "committed", -2, 5, 0, "ord_1", 2))), "Nothing is sold twice"),
        ("a sale that takes no units", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9" }), "Nothing is sold twice"),
        ("a reservation that never ends", static e => e.Stock(static ledger => ledger.Add(new(8, "reserved", 0, 7, 2, "ord_9", 2))), "Nothing is sold twice"),
        ("units that left without an order", static e => e.Stock(static ledger => ledger.AddRange(new LedgerEntry(8, "reserved", 0, 7, 2, "ord_9", 2), new(9, "committed", -2, 5, 0, "ord_9", 2))), "Nothing is sold twice"),
        ("a restock that is lost", static e => e.And(Honest.Restock("r9", 5)), "Acknowledged restocks"),
        ("a restock that counts twice", static e => e.Stock(static ledger => ledger.Add(new(8, "adjusted", 3, 10, 0, Reason: "r1", Operation: "y"))), "Acknowledged restocks"),
        ("units without a restock", static e => e.Stock(static ledger => ledger.Add(new(8, "adjusted", 3, 10, 0, Reason: "out of nowhere", Operation: "y"))), "Acknowledged restocks"),
        ("units that an order returned twice", static e => e.Stock(static ledger => ledger.AddRange(
            new LedgerEntry(8, "adjusted", 1, 8, 0, Reason: "refund", Operation: "ord_2.refund.a.0"), new(9, "adjusted", 1, 9, 0, Reason: "refund", Operation: "ord_2.refund.a.0"))), "Acknowledged restocks"),
        ("a lost opening stock", static e => e with { Goods = [.. e.Goods, new Good("prod_9", "CHAOS-9", 5)] }, "Acknowledged restocks"),
        ("a saga that does not end", static e => e with { Books = e.Books with { Unfinished = ["ord_1 is authorising"] } }, "Nothing is left unfinished"),
        ("an order that stays pending", static e => e.With(Honest.Order("ord_3") with { Status = "pending" }), "Nothing is left unfinished"),
    ];

    public static TheoryData<string> Lies => [.. All.Select(static lie => lie.Lie)];

    [Fact]
    public void HonestShop_HoldsEveryClaim() =>
        ShopChecks.All(Honest.Evidence).Where(static check => !check.Holds).SelectMany(static check => check.Violations).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Lies))]
    public void Lie_IsFound_ByTheClaimThatItBreaks(string lie)
    {
        var (_, tell, claim) = All.Single(known => string.Equals(known.Lie, lie, StringComparison.Ordinal));

        var found = ShopChecks.All(tell(Honest.Evidence)).Where(static check => !check.Holds).Select(static check => check.Claim).ToArray();

        found.ShouldContain(holds => holds.StartsWith(claim, StringComparison.Ordinal), lie);
    }

    [Fact]
    public void UnknownOutcome_MayBeEither()
    {
        var unknown = Honest.Evidence.And(Honest.Restock("r9", 5, status: 0));

        ShopChecks.StockMovedAsRequested(unknown).Holds.ShouldBeTrue();
        ShopChecks.StockMovedAsRequested(unknown.Stock(static ledger => ledger.Add(new(8, "adjusted", 5, 12, 0, Reason: "r9", Operation: "z")))).Holds.ShouldBeTrue();
        RunChecks.EveryRequestIsAnswered([.. unknown.Receipts]).Holds.ShouldBeFalse();
    }
}
