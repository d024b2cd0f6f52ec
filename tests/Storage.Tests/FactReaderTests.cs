using System.Text.Json;
using ActorShop.Accounting;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage;

/// <summary>
/// Goal: what the grains write is what the read models read, though they share no types.
/// </summary>
/// <remarks>
/// Method: the grains' own events, as JSON the way they are stored, through the reader. An event that is sent to the read models
/// and not understood there is a failure: somebody has to say what it means.
/// </remarks>
[Trait("Suite", "Unit")]
public sealed class FactReaderTests
{
    private static readonly DateTimeOffset Noon = ShopEvents.Noon;

    [Fact]
    public void Stock_IsReadFromEachOfItsEvents()
    {
        Read("sku/A", new StockEvent.Adjusted("op", "receipt", Delta: 5, OnHand: 5, Reserved: 2))
            .ShouldBe(new Fact.StockChanged("A", 5, 2, Policy: null));
        Read("sku/A", new StockEvent.Committed(new("ord_1"), Quantity: 2, Delta: -2, OnHand: 3, Reserved: 0))
            .ShouldBe(new Fact.StockChanged("A", 3, 0, Policy: null));
        Read("sku/A", new StockEvent.PolicyChanged(StockPolicy.Untracked, BackorderLimit: 0, Noon, Delta: 0, OnHand: -3, Reserved: 0))
            .ShouldBe(new Fact.StockChanged("A", -3, 0, "untracked"));
    }

    [Fact]
    public void Product_AndCategory_AreReadAsTheyWereStored()
    {
        var variant = new VariantDraft(new("A"), [ShopEvents.Gbp(5)], Nothing);
        var view = new ProductView(new("prod_1"), "Mug", "", "mugs", Nothing, [variant], null, Archived: false, Noon, Noon, Version: 1);

        var product = Read("prod_1", new ProductEvent.Stored(view)).ShouldBeOfType<Fact.ProductStored>().Product;
        var archived = Read("prod_1", new ProductEvent.Archived(view with { Archived = true })).ShouldBeOfType<Fact.ProductStored>().Product;
        var category = Read("category/mugs", new CategoryEvent.Stored(new("mugs", "Mugs", Archived: false, Version: 3)));

        product.Name.ShouldBe("Mug");
        product.CreatedAt.ShouldBe(Noon);
        product.Variants.Single().Prices.ShouldBe([ShopEvents.Gbp(5)]);
        archived.Archived.ShouldBeTrue();
        category.ShouldBe(new Fact.CategoryStored(new("mugs", "Mugs", Archived: false, Version: 3)));
    }

    [Fact]
    public void Order_IsReadFromItsConfirmation_AndWhatComesOffItLater()
    {
        var refund = new Refund(
            Noon, Lines: 2, Units: 3, ShopEvents.Gbp(7), ShopEvents.Gbp(1), "C1", [new(new("A"), 3, UnitPrice: null, Restock: true)]);

        var order = Read("ord_1", new OrderEvent.Confirmed(SoldOrder.Of(new("ord_1"), Command)))
            .ShouldBeOfType<Fact.OrderChanged>();
        var refunded = Read("ord_1", new OrderEvent.Refunded("op", refund)).ShouldBeOfType<Fact.OrderChanged>();
        var cancelled = Read("ord_1", new OrderEvent.Cancelled("op", "", refund, ShopEvents.Gbp(7))).ShouldBeOfType<Fact.OrderChanged>();

        order.Confirmed.ShouldBeTrue();
        order.Order!.ShouldSatisfyAllConditions(
            static o => o.Totals.Total.ShouldBe(ShopEvents.Gbp(300)),
            static o => o.Items.ShouldBe([new LinePart("A", 3, ShopEvents.Gbp(300))]),
            static o => (o.CustomerId, o.ExternalId, o.PlacedAt).ShouldBe(("cus_1", "ext-1", Noon)));
        refunded.Refund.ShouldBe(new RefundPart(Noon, 2, ShopEvents.Gbp(7), ShopEvents.Gbp(1), "C1"));
        cancelled.Refund.ShouldBe(refunded.Refund);
        cancelled.Status.ShouldBe("cancelled");
    }

    [Fact]
    public void Order_IsReadFromItsBegin_AndFromItsFailure()
    {
        var placed = Read("ord_1", new OrderEvent.Placed(new("ord_1"), Command, Token: null, Noon, Noon, Noon))
            .ShouldBeOfType<Fact.OrderChanged>();
        var failed = Read("ord_1", new OrderEvent.Failed(new("payment_declined", "card_declined", Sku: null, Available: null)));

        (placed.Status, placed.Confirmed).ShouldBe(("pending", false));
        placed.Order!.ShouldSatisfyAllConditions(
            static o => o.Id.ShouldBe("ord_1"),
            static o => o.Totals.Total.ShouldBe(ShopEvents.Gbp(300)),
            static o => o.Items.ShouldBe([new LinePart("A", 3, ShopEvents.Gbp(300))]),
            static o => (o.CustomerId, o.ExternalId, o.PlacedAt).ShouldBe(("cus_1", "ext-1", Noon)));
        failed.ShouldBe(new Fact.OrderChanged(Order: null, Confirmed: false, "failed", Refund: null));
    }

    [Fact]
    public void Entry_IsReadAsItWasPosted()
    {
        var entry = new LedgerEntry("B1", ShopEvents.Gbp(9), "bad-debt", "", Noon, CustomerId: null, Items: []);

        var fact = Read("entry/B1", new LedgerEntryEvent.Posted(entry, Noon)).ShouldBeOfType<Fact.EntryPosted>();

        fact.Entry.ShouldSatisfyAllConditions(
            static e => e.Amount.ShouldBe(ShopEvents.Gbp(9)), static e => e.Account.ShouldBe("bad-debt"), static e => e.At.ShouldBe(Noon));
    }

    [Fact]
    public void OtherEvents_SayNothing()
    {
        Read("ord_1", new OrderEvent.Authorised(Noon)).ShouldBeNull();
        Read("prod_1", new ProductEvent.OffersFollowed(3)).ShouldBeNull();
        Read("entry/B1", new LedgerEntryEvent.Restocked()).ShouldBeNull();
        FactReader.Read(new("cart_1", 1, Noon, "created", Reference: null, "{}")).ShouldBeNull();
    }

    private static PlaceOrder Command { get; } = ShopEvents.Command(Noon, [("A", 3, 100)], "cus_1", "ext-1");

    private static ImmutableSortedDictionary<string, string> Nothing { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static Fact? Read<TEvent>(string stream, TEvent happened)
        where TEvent : class, IEvent
    {
        // Serialized as the hierarchy it belongs to, which is how a record of several kinds is stored.
        var data = JsonSerializer.Serialize(happened, typeof(TEvent).BaseType!, ShopJson.Options);
        var fact = FactReader.Read(new(stream, 1, Noon, ShopJson.NameOf(typeof(TEvent)), happened.Reference, data));
        happened.Topics.Contains("reporting", StringComparer.Ordinal).ShouldBe(fact is not null);
        return fact;
    }
}
