using System.Text;
using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Payments;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.Orders;

/// <summary>Goal: a checkout that the version before ADR 20 left unfinished is completed or undone.</summary>
/// <remarks>Method: rows as that version stored them. The process starts on them, and due work does the rest.</remarks>
public sealed class OldCheckoutTests
{
    private const string Id = "ord_0192f0c1a2b37c4d8e5f60718293a4b5";
    private const string CartId = "cart_00000000000000000000000000000001";

    [Theory]
    [InlineData("none", "[]", false, OrderStatus.Confirmed)]
    [InlineData("authorising", """["void","release"]""", false, OrderStatus.Confirmed)]
    [InlineData("confirming", """["void","restock"]""", false, OrderStatus.Confirmed)]
    [InlineData("confirming", """["void","restock"]""", true, OrderStatus.Confirmed)]
    [InlineData("compensating", """["void","release"]""", false, OrderStatus.Failed)]
    [InlineData("compensating", """["void","restock"]""", false, OrderStatus.Failed)]
    [InlineData("compensating", """["void","restock"]""", true, OrderStatus.Failed)]
    public async Task UnfinishedCheckout_IsContinued(string step, string undo, bool isTaken, OrderStatus end)
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var now = sale.Cluster.Time.GetUtcNow();
        await sale.CrashAsync();
        Store(sale, step, undo, isTaken, now);

        await sale.CrashAsync();
        await sale.SettleAsync();
        await sale.RestAsync("a");

        var order = (await sale.Grains.Order(new(Id)).GetAsync())!;
        order.Status.ShouldBe(end);
        var level = await sale.Grains.Stock(new("a")).GetAsync();
        level.Available.ShouldBe(end is OrderStatus.Confirmed ? 3 : 5);
        level.Reserved.ShouldBe(end is OrderStatus.Confirmed && !isTaken ? 2 : 0);
        (await sale.Grains.Cart(new(CartId)).GetAsync())!.Status.ShouldBe(end is OrderStatus.Confirmed ? CartStatus.Ordered : CartStatus.Open);
        if (end is OrderStatus.Confirmed)
        {
            (await sale.Grains.Order(new(Id)).CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Done>();
            (await sale.Grains.Stock(new("a")).GetAsync()).Available.ShouldBe(5);
        }

        sale.Journal.Entries.Where(static entry => entry.Kind is ProviderOperationKind.Authorise && entry.Outcome is JournalOutcome.Done).Select(static entry => entry.Key)
            .Distinct(StringComparer.Ordinal).Count().ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task CheckoutWithoutAnOrder_Reopens()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var now = sale.Cluster.Time.GetUtcNow();
        StoreCart(sale, now);

        await sale.CrashAsync();
        await sale.SettleAsync();

        (await sale.Grains.Cart(new(CartId)).GetAsync())!.Status.ShouldBe(CartStatus.Open);
        (await sale.BuyAsync(sale.Grains.Cart(new(CartId)))).Answer!.Value.Status.ShouldBe(201);
        await sale.AssertConsistentAsync(("a", 5));
    }

    private static void Store(Sale sale, string step, string undo, bool isTaken, DateTimeOffset now)
    {
        var (at, later) = (now.ToString("O"), now.AddMinutes(15).ToString("O"));
        var status = step is "confirming" ? "authorised" : "none";
        var failure = step is "compensating" ? """ "failure":{"code":"checkout_expired"},""" : string.Empty;
        var head = $$$"""
            {"id":"{{{Id}}}","command":{"lines":[{"sku":"a","name":"thing a","quantity":2,"unitPrice":{"amount":100,"currency":"GBP"},"lineTotal":{"amount":200,"currency":"GBP"}}],
             "totals":{"subtotal":{"amount":200,"currency":"GBP"},"discounts":{"amount":0,"currency":"GBP"},"taxes":{"amount":0,"currency":"GBP"},"shipping":{"amount":0,"currency":"GBP"},"total":{"amount":200,"currency":"GBP"},"taxInclusive":true},
             "tender":"card","cart":"{{{CartId}}}","placedAt":"{{{at}}}"},"token":"tok_ok","step":"{{{step}}}","deadline":"{{{later}}}","look":"{{{at}}}","undo":{{{undo}}},{{{failure}}}"paymentStatus":"{{{status}}}",
             "fulfilmentStatus":"unfulfilled","refunded":0,"credited":0,"returned":{},"operations":[],"forgotten":0}
            """;
        sale.Store.Write(new("order", Id, null, Encoding.UTF8.GetBytes(head), 0, [], [], [], now, step));
        StoreCart(sale, now);
        var (row, onHand) = (sale.Store.Read("stock", "sku/a")!, isTaken ? 3 : 5);
        var reservations = isTaken ? "{}" : $$$"""{"{{{Id}}}":{"quantity":2,"expiresAt":"{{{now.AddMinutes(30):O}}}"}}""";
        var stock = $$$"""{"version":{{{row.Sequence + (isTaken ? 2 : 1)}}},"onHand":{{{onHand}}},"reserved":{{{(isTaken ? 0 : 2)}}},"policy":"tracked","backorderLimit":0,"reservations":{{{reservations}}},"ended":{},"adjustments":[],"adjustmentsForgotten":true}""";
        EventRow Entry(int number, string type, int delta, int reserved) => new(
            "sku/a", row.Sequence + number, now, type, Id,
            $$$"""{"kind":"{{{type}}}","order":"{{{Id}}}","quantity":2,"expiresAt":"{{{later}}}","delta":{{{delta}}},"onHand":{{{5 + delta}}},"reserved":{{{reserved}}}}""");
        ImmutableArray<EventRow> entries = isTaken ? [Entry(1, "reserved", 0, 2), Entry(2, "committed", -2, 0)] : [Entry(1, "reserved", 0, 2)];
        sale.Store.Write(new("stock", "sku/a", row.Version, Encoding.UTF8.GetBytes(stock), row.Sequence + entries.Length, entries, [], [], isTaken ? null : now.AddMinutes(30), null));
    }

    private static void StoreCart(Sale sale, DateTimeOffset now)
    {
        var head = $$$"""
            {"currency":"GBP","createdAt":"{{{now:O}}}","lines":[["a","thing a",2,100]],"expires":"{{{now.AddDays(30):O}}}",
             "attempt":{"order":"{{{Id}}}","details":{"email":"a@b.c","shippingAddress":{"name":"A","line1":"1","city":"L","postalCode":"1","country":"GB"},"paymentToken":""},"token":"tok_ok","at":"{{{now:O}}}","look":"{{{now:O}}}"}}
            """;
        sale.Store.Write(new("cart", CartId, null, Encoding.UTF8.GetBytes(head), 0, [], [], [], now, "checking_out"));
    }
}
