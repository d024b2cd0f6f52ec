using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Chaos;

/// <summary>The evidence of a small correct shop: one order is authorised, one is captured and partly refunded, one failed.</summary>
internal static class Honest
{
    private const string Sku = "CHAOS-1";

    private static readonly Dictionary<string, OrderBook> Orders = new[]
    {
        new OrderBook("ord_1", "confirmed", "authorised", "cart_1", Units(2), 200, 0, ["placed", "reserved", "authorised", "confirmed"]),
        new OrderBook("ord_2", "confirmed", "partially_refunded", "cart_2", Units(4), 400, 100, ["placed", "confirmed", "captured", "refunded"]),
        new OrderBook("ord_3", "failed", "declined", "cart_3", Units(1), 100, 0, ["placed", "reserved", "failed"]),
    }.ToDictionary(static order => order.Id, StringComparer.Ordinal);

    public static Evidence Evidence { get; } = new(
        [
            Checkout("k1", "cart_1", "ord_1", Units(2), 200),
            Checkout("k2", "cart_2", "ord_2", Units(4), 400),
            Checkout("k3", "cart_3", order: null, Units(1), 0, status: 402),
            new(new(CallKind.Capture, "c1") { Order = "ord_2" }, new(200)),
            new(new(CallKind.Refund, "f1") { Order = "ord_2" }, new(200) { Amount = 100 }),
            Restock("r1", 3),
        ],
        [new Good("prod_1", Sku, 10)],
        new Books(
            Orders,
            new Dictionary<string, StockBook>(StringComparer.Ordinal)
            {
                [Sku] = new(7, 0, 7,
                [
                    new(1, "adjusted", 10, 10, 0, Reason: "opening stock", Operation: "o"),
                    new(2, "reserved", 0, 10, 2, "ord_1", 2),
                    new(3, "committed", -2, 8, 0, "ord_1", 2),
                    new(4, "reserved", 0, 8, 4, "ord_2", 4),
                    new(5, "committed", -4, 4, 0, "ord_2", 4),
                    new(6, "adjusted", 3, 7, 0, Reason: "r1", Operation: "p"),
                    new(7, "policy-changed", 0, 7, 0),
                ]),
            },
            [
                new("a1", "authorise", "pay_1", 200, "done"),
                new("a2", "authorise", "pay_2", 400, "done"),
                new("a3", "authorise", "pay_3", 100, "declined"),
                new("c2", "capture", "pay_2", 400, "done"),
                new("c2", "capture", "pay_2", 400, "repeated"),
                new("f2", "refund", "pay_2", 100, "done"),
            ],
            [new("ord_2", "cash", 300), new("ord_2", "sales", -400), new("ord_2", "refunds", 100)],
            []),
        []);

    public static OrderBook Order(string id) => Orders[id];

    public static Receipt Checkout(
        string key, string cart, string? order, IReadOnlyDictionary<string, int>? units = null, long amount = 0, int status = 201) => new(
        ShopCall.Checkout(key, cart, "tok_ok", units ?? Units(0)), new(status) { Id = order, Amount = amount, Body = $$"""{"id":"{{order}}"}""" });

    public static Receipt Restock(string key, int units, int status = 201) =>
        new(new(CallKind.Restock, key) { Sku = Sku, Quantity = units }, new(status));

    public static Evidence With(this Evidence evidence, OrderBook order) => evidence with
    {
        Books = evidence.Books with { Orders = new Dictionary<string, OrderBook>(evidence.Books.Orders, StringComparer.Ordinal) { [order.Id] = order } },
    };

    public static Evidence Without(this Evidence evidence, string order) => evidence with
    {
        Books = evidence.Books with { Orders = evidence.Books.Orders.Where(pair => !string.Equals(pair.Key, order, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal) },
    };

    public static Evidence And(this Evidence evidence, Receipt receipt) => evidence with { Receipts = [.. evidence.Receipts, receipt] };

    public static Evidence Paid(this Evidence evidence, params ProviderEntry[] entries) =>
        evidence with { Books = evidence.Books with { Provider = [.. evidence.Books.Provider, .. entries] } };

    public static Evidence Posted(this Evidence evidence, params AccountSum[] sums) =>
        evidence with { Books = evidence.Books with { Postings = [.. evidence.Books.Postings, .. sums] } };

    public static Evidence Stock(this Evidence evidence, Action<List<LedgerEntry>> change, long? onHand = null)
    {
        var ledger = evidence.Books.Stocks[Sku].Ledger.ToList();
        change(ledger);
        return evidence with
        {
            Books = evidence.Books with
            {
                Stocks = new Dictionary<string, StockBook>(StringComparer.Ordinal)
                {
                    [Sku] = new(onHand ?? ledger[^1].OnHand, ledger[^1].Reserved, ledger[^1].Sequence, ledger),
                },
            },
        };
    }

    private static Dictionary<string, int> Units(int units) => new(StringComparer.Ordinal) { [Sku] = units };
}
