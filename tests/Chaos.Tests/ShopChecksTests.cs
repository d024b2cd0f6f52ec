using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;
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
        ("an order lacks a line", static e => e.With(Honest.Order("ord_1") with { Lines = [] }), "Every acknowledged order exists"),
        ("a confirmed order has failed since", static e => e.With(Honest.Order("ord_1") with { Status = "failed" }), "Every acknowledged order exists"),
        ("an order that was seen confirmed is lost", static e => e.And(new(ShopCall.ReadOrder("ord_9"), new(200) { State = "confirmed" })), "Every acknowledged order exists"),
        ("an order is cancelled without a request", static e => e.With(Honest.Order("ord_1") with { Status = "cancelled" }), "Every acknowledged order exists"),
        ("a cart becomes two orders", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9" }), "One checkout places one order"),
        ("two keys get one order", static e => e.And(Honest.Checkout("k9", "cart_1", "ord_1")), "One checkout places one order"),
        ("a cart begins a checkout beside another", static e => e.Happened("cart_1", Honest.Began("ord_9")), "One checkout places one order"),
        ("a cart that became no order says it did", static e => e.Happened("cart_3", new CartEvent.Ordered(new("ord_3"))), "One checkout places one order"),
        ("an order without a request", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9", Cart = "cart_9" }), "Every order was requested"),
        ("a repeated key gets another answer", static e => e with { Repeated = [new(e.Receipts.First(), new(201) { Body = "{}" })] }, "The same key gets the same answer"),
        ("a key gets two answers at once", static e => e.And(Honest.Checkout("k1", "cart_1", "ord_1", e.Receipts.First().Call.Units, 200, status: 402)), "The same key gets the same answer"),
        ("a pending checkout that is another order when it is repeated", static e => e with { Repeated = [new(e.Receipts.First() with { Reply = new(202) { Id = "ord_1" } }, new(201) { Id = "ord_2" })] }, "The same key gets the same answer"),
        ("a key that places two orders", static e => e.And(Honest.Checkout("k1", "cart_2", "ord_2", e.Receipts.ElementAt(1).Call.Units, 400)), "One checkout places one order"),
        ("a repeated key gets another status", static e => e with { Repeated = [new(e.Receipts.First(), e.Receipts.First().Reply with { Status = 202 })] }, "The same key gets the same answer"),
        ("a capture that did not happen", static e => e.And(new(new(CallKind.Capture, "c9") { Order = "ord_1" }, new(200))), "Acknowledged cancellations"),
        ("a capture that happened twice", static e => e.Happened("ord_2", new OrderEvent.CaptureRequested("c9", default, default), new OrderEvent.Captured("c9", new(400, "GBP"), default)), "Orders and their operations"),
        ("an order that is placed again", static e => e.Happened("ord_2", Honest.Placed("ord_2", 4)), "Orders and their operations"),
        ("an operation that ends without a beginning", static e => e.Happened("ord_2", new OrderEvent.OperationDeclined("x", "no")), "Orders and their operations"),
        ("an order at a price that never was", static e => e.With(Honest.Order("ord_1") with { Lines = [new(Honest.Sku, 2, 99)], Total = 198 }), "Totals are sums"),
        ("an order that costs more than its lines", static e => e.With(Honest.Order("ord_1") with { Total = 201 }), "Totals are sums"),
        ("more units returned than bought", static e => e.Happened("ord_2", Honest.Refund("f9", 9, 100)), "No refund is larger"),
        ("a refund of less than was acknowledged", static e => e.With(Honest.Order("ord_2") with { Refunded = 10 }), "Acknowledged cancellations"),
        ("a charge with two effects", static e => e.Paid(new("k", "capture", "pay_2", 100, "GBP", "done"), new("k", "capture", "pay_2", 100, "GBP", "done")), "The payment provider charged nothing twice"),
        ("a charge above the hold", static e => e.Paid(new ProviderEntry("k", "capture", "pay_1", 300, "GBP", "done")), "The payment provider charged nothing twice"),
        ("a charge in another currency", static e => e.Paid(new ProviderEntry("k", "capture", "pay_1", 100, "EUR", "done")), "The payment provider charged nothing twice"),
        ("money that the account book lacks", static e => e.Paid(new ProviderEntry("k", "capture", "pay_1", 100, "GBP", "done")), "Money is conserved"),
        ("a posting without its other side", static e => e.Posted(("ord_2", "sales", 1)), "Money is conserved"),
        ("cash that the provider lacks", static e => e.Posted(("ord_2", "cash", 1), ("ord_2", "sales", -1)), "Money is conserved"),
        ("a payment without an order", static e => e.Paid(new ProviderEntry("k", "authorise", "pay_9", 100, "GBP", "done")), "Confirmed orders are held or paid"),
        ("a failed order that holds money", static e => e.Paid(new ProviderEntry("k", "authorise", "pay_3", 100, "GBP", "done")), "Confirmed orders are held or paid"),
        ("a confirmed order without money", static e => e with { Books = e.Books with { Provider = [.. e.Books.Provider.Where(static entry => entry.Payment is not "pay_1")] } }, "Confirmed orders are held or paid"),
        ("a ledger with a gap", static e => e.Ledger(Honest.Adjusted("r9", 1, 8), skip: 1), "Stock ledgers have no gaps"),
        ("a stock above its ledger", static e => e.With(new StockBook(99, 0, 7)), "Stock ledgers have no gaps"),
        ("a negative stock", static e => e.Ledger(Honest.Adjusted("k", -50, -43)), "Stock ledgers have no gaps"),
        ("reserved units without a reservation", static e => e.Ledger(new StockEvent.Adjusted("x", "k", 1, 8, 3)), "Stock ledgers have no gaps"),
        ("a sale that takes its units twice", static e => e.Ledger(new StockEvent.Committed(new("ord_1"), 2, -2, 5, 0)), "Each reservation ends once"),
        ("a sale that takes no units", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9" }), "Each reservation ends once"),
        ("a reservation that never ends", static e => e.Ledger(new StockEvent.UnitsReserved(new("ord_9"), 2, default, 0, 7, 2)), "Each reservation ends once"),
        ("units that left without an order", static e => e.Ledger(
            new StockEvent.UnitsReserved(new("ord_9"), 2, default, 0, 7, 2), new StockEvent.Committed(new("ord_9"), 2, -2, 5, 0)), "Each reservation ends once"),
        ("units that a failed order took", static e => e.Ledger(
            new StockEvent.UnitsReserved(new("ord_3"), 1, default, 0, 9, 3), new StockEvent.UnitsAllocated(new("ord_3"), 1, 0, 9, 3)), "Each reservation ends once"),
        ("units that were shipped and stay allocated", static e => e.With(new StockBook(9, 6, 8)), "Nothing is left unfinished"),
        ("a sale beyond the stock", static e => e.With(Honest.Order("ord_1") with { Id = "ord_9" }), "Nothing is sold twice"),
        ("an undone order that holds units", static e => e.Ledger(new StockEvent.UnitsReserved(new("ord_8"), 2, default, 0, 7, 2))
            .Happened("ord_8", new OrderEvent.Compensating(new(FailureCode.PaymentDeclined), []), new OrderEvent.Failed(new(FailureCode.PaymentDeclined))), "An order that was undone"),
        ("a restock that is lost", static e => e.And(Honest.Restock("r9", 5)), "Acknowledged adjustments"),
        ("a restock that counts twice", static e => e.Ledger(Honest.Adjusted("r1", 3, 10)), "Acknowledged adjustments"),
        ("units without a restock", static e => e.Ledger(Honest.Adjusted("out of nowhere", 3, 10)), "Acknowledged adjustments"),
        ("units that an order returned twice", static e => e.Ledger(
            new StockEvent.Adjusted("ord_2.refund.a.0", "refund", 1, 8, 0), new StockEvent.Adjusted("ord_2.refund.a.0", "refund", 1, 9, 0)), "Acknowledged adjustments"),
        ("a restock acknowledged with another level", static e => e.And(Honest.Restock("r1", 3, onHand: 8)), "Acknowledged adjustments"),
        ("an order that is listed otherwise", static e => e.With(Honest.Order("ord_3") with { Status = "cancelled" }), "Lists and reports"),
        ("a stock that is listed otherwise", static e => e.With(new StockBook(7, 1, 7)), "Lists and reports"),
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
        ShopChecks.StockMovedAsRequested(unknown.Ledger(Honest.Adjusted("r9", 5, 12))).Holds.ShouldBeTrue();
        RunChecks.EveryRequestIsAnswered([.. unknown.Receipts]).Holds.ShouldBeFalse();
    }
}
