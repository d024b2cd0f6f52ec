using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Testing;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Chaos;

/// <summary>The evidence of a small correct shop: one order is authorised, one is captured and partly refunded, one failed.</summary>
internal static class Honest
{
    public const string Sku = "GOOD-1";

    private static readonly Dictionary<string, OrderBook> Orders = new[]
    {
        new OrderBook("ord_1", "confirmed", "authorised", "cart_1", null, Lines(2), 200, 0),
        new OrderBook("ord_2", "confirmed", "partially_refunded", "cart_2", null, Lines(4), 400, 100),
        new OrderBook("ord_3", "failed", "declined", "cart_3", null, Lines(1), 100, 0),
    }.ToDictionary(static order => order.Id, StringComparer.Ordinal);

    private static readonly Evidence Empty = new(
        [
            Checkout("k1", "cart_1", "ord_1", Units(2), 200),
            Checkout("k2", "cart_2", "ord_2", Units(4), 400),
            Checkout("k3", "cart_3", order: null, Units(1), 0, status: 402),
            new(new(CallKind.Capture, "c1") { Order = "ord_2" }, new(200)),
            new(new(CallKind.Refund, "f1") { Order = "ord_2" }, new(200) { Amount = 100 }),
            new(new(CallKind.CreateProduct) { Sku = Sku, Price = 100 }, new(200)),
            Restock("opening", 10, onHand: 10),
            Restock("r1", 3, onHand: 9),
        ],
        new Books(
            Orders,
            new Dictionary<string, StockBook>(StringComparer.Ordinal) { [Sku] = new(9, 2, 8) },
            [],
            [
                new("a1", "authorise", "pay_1", 200, "GBP", "done"),
                new("a2", "authorise", "pay_2", 400, "GBP", "done"),
                new("a3", "authorise", "pay_3", 100, "GBP", "declined"),
                new("c2", "capture", "pay_2", 400, "GBP", "done"),
                new("c2", "capture", "pay_2", 400, "GBP", "repeated"),
                new("f2", "refund", "pay_2", 100, "GBP", "done"),
            ],
            [],
            new(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["ord_1"] = "confirmed", ["ord_2"] = "confirmed", ["ord_3"] = "failed" },
                new Dictionary<string, long>(StringComparer.Ordinal) { ["ord_2"] = 100 },
                new Dictionary<string, (long, long)>(StringComparer.Ordinal) { [Sku] = (9, 2) }),
            []),
        []);

    public static Evidence Evidence { get; } = Empty
        .Ledger(
            Adjusted("opening", 10, 10),
            new StockEvent.UnitsReserved(new("ord_1"), 2, default, 0, 10, 2),
            new StockEvent.UnitsAllocated(new("ord_1"), 2, 0, 10, 2),
            new StockEvent.UnitsReserved(new("ord_2"), 4, default, 0, 10, 6),
            new StockEvent.UnitsAllocated(new("ord_2"), 4, 0, 10, 6),
            new StockEvent.Shipped("ord_2.ship.s1", new("ord_2"), "shipped", 4, -4, 6, 2),
            Adjusted("r1", 3, 9, reserved: 2),
            new StockEvent.PolicyChanged(StockPolicy.Tracked, 0, default, 0, 9, 2))
        .Happened("cart_1", Began("ord_1"), new CartEvent.Ordered(new("ord_1")))
        .Happened("cart_2", Began("ord_2"), new CartEvent.Ordered(new("ord_2")))
        .Happened("cart_3", Began("ord_3"), new CartEvent.Reopened(new("ord_3")))
        .Happened("ord_1", Placed("ord_1", 2), new OrderEvent.Reserved(1, []), new OrderEvent.Authorised(default), Confirmed("ord_1", 2))
        .Happened("ord_2", Placed("ord_2", 4), Confirmed("ord_2", 4))
        .Happened("ord_2", new OrderEvent.ShipRequested("s1", default, default), new OrderEvent.Shipped("s1", default))
        .Happened("ord_2", new OrderEvent.CaptureRequested("c1", default, default), new OrderEvent.Captured("c1", new(400, "GBP"), default))
        .Happened("ord_2", Refund("f1", 1, 100))
        .Happened("ord_3", Placed("ord_3", 1), new OrderEvent.Compensating(new(FailureCode.InsufficientStock), []), new OrderEvent.Failed(new(FailureCode.InsufficientStock)))
        .Posted(("ord_2", "cash", 300), ("ord_2", "sales", -400), ("ord_2", "refunds", 100));

    public static OrderBook Order(string id) => Orders[id];

    public static Receipt Checkout(
        string key, string cart, string? order, IReadOnlyDictionary<string, int>? units = null, long amount = 0, int status = 201) => new(
        ShopCall.Checkout(key, cart, "tok_ok", units ?? Units(0)), new(status) { Id = order, Amount = amount, Body = $$"""{"id":"{{order}}"}""" });

    public static Receipt Restock(string key, int units, int status = 201, int onHand = 0) =>
        new(ShopCall.Restock(key, Sku, units), new(status) { OnHand = onHand });

    public static StockEvent Adjusted(string reason, int delta, int onHand, int reserved = 0) =>
        new StockEvent.Adjusted($"op-{reason}-{onHand}", reason, delta, onHand, reserved);

    public static CartEvent Began(string order) =>
        new CartEvent.CheckoutBegan(new(order), new CartAttempt(1, order, "body"), default, default);

    public static OrderEvent Placed(string order, int units) => new OrderEvent.Placed(new(order), Command(units), null, default, default, default);

    public static OrderEvent[] Refund(string operation, int units, long amount) =>
    [
        new OrderEvent.RefundRequested(operation, new([], "", null, null), [new(0, units, amount)], new(amount, "GBP"), new(0, "GBP"), default, default),
        new OrderEvent.Refunded(operation, new(default, 1, units, new(amount, "GBP"), new(0, "GBP"), null, [])),
    ];

    public static Evidence With(this Evidence evidence, OrderBook order) => evidence with
    {
        Books = evidence.Books with { Orders = new Dictionary<string, OrderBook>(evidence.Books.Orders, StringComparer.Ordinal) { [order.Id] = order } },
    };

    public static Evidence With(this Evidence evidence, StockBook stock) =>
        evidence with { Books = evidence.Books with { Stocks = new Dictionary<string, StockBook>(StringComparer.Ordinal) { [Sku] = stock } } };

    public static Evidence Without(this Evidence evidence, string order) => evidence with
    {
        Books = evidence.Books with { Orders = evidence.Books.Orders.Where(pair => !string.Equals(pair.Key, order, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal) },
    };

    public static Evidence And(this Evidence evidence, Receipt receipt) => evidence with { Receipts = [.. evidence.Receipts, receipt] };

    public static Evidence Paid(this Evidence evidence, params ProviderEntry[] entries) =>
        evidence with { Books = evidence.Books with { Provider = [.. evidence.Books.Provider, .. entries] } };

    public static Evidence Posted(this Evidence evidence, params (string Stream, string Account, long Amount)[] postings) => evidence with
    {
        Books = evidence.Books with
        {
            Postings = [.. evidence.Books.Postings, .. postings.Select(static row => new PostingRow(row.Stream, new(1, row.Account, row.Amount, "GBP")))],
        },
    };

    /// <summary>Adds entries to the ledger.</summary>
    public static Evidence Ledger(this Evidence evidence, params StockEvent[] entries) => evidence.Ledger(entries, skip: 0);

    public static Evidence Ledger(this Evidence evidence, StockEvent entry, int skip) => evidence.Ledger([entry], skip);

    public static Evidence Happened(this Evidence evidence, string stream, params IEvent[] events) => evidence.Add(stream, events, skip: 0);

    private static Evidence Ledger(this Evidence evidence, StockEvent[] entries, int skip) => evidence.Add(StoredEvent.StreamOf(Sku), entries, skip);

    private static Evidence Add(this Evidence evidence, string stream, IEvent[] events, int skip)
    {
        var last = evidence.Books.Events.Count(stored => string.Equals(stored.Stream, stream, StringComparison.Ordinal)) + skip;
        var added = events.Select((data, index) => new StoredEvent(stream, last + index + 1, data));
        return new(evidence.Receipts, evidence.Books with { Events = [.. evidence.Books.Events, .. added] }, evidence.Repeated);
    }

    private static OrderEvent.Confirmed Confirmed(string order, int units) => new OrderEvent.Confirmed(SoldOrder.Of(new(order), Command(units)));

    private static PlacedOrder Command(int units)
    {
        ImmutableArray<Line> lines = [Line.Of(new(Sku), "thing", units, new(100, "GBP"))];
        return new(lines, Totals.Of(lines, "GBP", taxInclusive: true), Payments.OrderTender.Card, null, null, null, null, null, default);
    }

    private static LineBook[] Lines(int units) => [new(Sku, units, 100)];

    private static Dictionary<string, int> Units(int units) => new(StringComparer.Ordinal) { [Sku] = units };
}
