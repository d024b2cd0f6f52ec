using System.Text.Json;
using ActorShop.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Carts;

public sealed class CartGrainTests
{
    [Fact]
    public async Task SetItem_TakesThePriceOfTheOffer_AndZeroRemovesTheLine()
    {
        await using var sale = await Orders.Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 0, price: 250);
        var cart = await sale.CartAsync(1, ("a", 2));

        var view = (await cart.GetAsync())!;
        view.Items.ShouldHaveSingleItem().LineTotal.ShouldBe(new Money(500, "GBP"));
        view.Totals.Total.ShouldBe(new Money(500, "GBP"));

        var changed = (CartResult.Changed)await cart.SetItemAsync(new("a"), 0, view.Version, returnView: true);
        changed.Cart!.Items.ShouldBeEmpty();
        changed.Version.ShouldBe(view.Version + 1);
    }

    [Fact]
    public async Task SetItem_WithoutAChange_CostsNoWrite()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 0));
        var cart = await sale.CartAsync(1, ("a", 2));
        var before = sale.Store.Writes.Length;

        (await cart.SetItemAsync(new("a"), 2, expectedVersion: null, returnView: false)).ShouldBeOfType<CartResult.Changed>();

        sale.Store.Writes.Length.ShouldBe(before);
    }

    [Fact]
    public async Task Edits_TakeNumbers_AndLeaveNoEvents()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 5), ("b", 5));
        var cart = await sale.CartAsync(1, ("a", 2), ("b", 1), ("b", 0));
        (await cart.GetAsync())!.Version.ShouldBe(4);
        (await cart.SetItemAsync(new("a"), 3, expectedVersion: 3, returnView: true)).ShouldBe(new CartResult.VersionMismatch(4));

        await sale.CrashAsync();
        cart = sale.Grains.Cart(new(cart.GetPrimaryKeyString()));
        ((CartResult.Changed)await cart.SetItemAsync(new("a"), 3, expectedVersion: 4, returnView: true)).Version.ShouldBe(5);
        await sale.BuyAsync(cart);
        (await cart.GetAsync())!.Version.ShouldBe(7);

        sale.Store.EventsIn(cart.GetPrimaryKeyString()).Select(static row => (row.Sequence, row.Type)).ShouldBe([(1, "created"), (6, "checkout-began"), (7, "ordered")]);
    }

    /// <summary>A silo of the version before recorded edits. Its numbers and those of this one continue each other.</summary>
    [Fact]
    public async Task CartWithRecordedEdits_Continues()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 5));
        StoreOld(sale.Store, etag: null, sequence: 2, [new CartEvent.Created("GBP", null, DateTimeOffset.UnixEpoch), Edit(2)]);
        var cart = sale.Grains.Cart(new("cart_old"));

        (await cart.GetAsync())!.Version.ShouldBe(2);
        (await cart.SetItemAsync(new("a"), 3, expectedVersion: 2, returnView: true)).ShouldBeOfType<CartResult.Changed>().Version.ShouldBe(3);
        StoreOld(sale.Store, etag: "2", sequence: 4, [Edit(4)]);
        await sale.CrashAsync();
        (await sale.BuyAsync(sale.Grains.Cart(new("cart_old")))).Answer!.Value.Status.ShouldBe(201);

        sale.Store.EventsIn("cart_old").Select(static row => row.Sequence).ShouldBe([1, 2, 4, 5, 6]);
    }

    private static CartEvent.ItemSet Edit(int quantity) => new(new CartLine(new("a"), "thing a", quantity, 100), At: DateTimeOffset.UnixEpoch);

    private static void StoreOld(MemoryShopStore store, string? etag, long sequence, CartEvent[] events)
    {
        var stored = store.Read("cart", "cart_old") is { } row ? JsonSerializer.Deserialize<Cart>(row.Head, ShopJson.Options)! : new();
        var record = new EntityRecord<Cart, CartEvent>
        {
            Head = events.Aggregate(stored, static (head, happened) => happened.ApplyTo(head)),
            Sequence = sequence,
            Events = [.. events.Select((happened, n) => new RecordedEvent<CartEvent>(
                sequence - events.Length + n + 1, DateTimeOffset.UnixEpoch, ShopJson.NameOf(happened.GetType()), null, happened))],
        };
        store.Write(PendingWrite.Of("cart", "cart_old", etag, record));
    }

    [Fact]
    public async Task Refusals_NameTheReason()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 0));
        var cart = await sale.CartAsync(1, ("a", 2));

        (await sale.Grains.Cart(new("cart_none")).SetItemAsync(new("a"), 1, null, returnView: true)).ShouldBeOfType<CartResult.Unknown>();
        (await cart.SetItemAsync(new("z"), 1, null, returnView: true)).ShouldBe(new CartResult.NotOffered(new("z")));
        (await cart.SetItemAsync(new("a"), 1, expectedVersion: 1, returnView: true)).ShouldBe(new CartResult.VersionMismatch(2));
        (await sale.Grains.Cart(new("cart_none")).GetAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Size_IsTheUnitsOfAllLines_AndTheStatus()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 5), ("b", 0));
        var cart = await sale.CartAsync(1, ("a", 2), ("b", 100_000));
        (await cart.GetSizeAsync()).ShouldBe(new CartSize(CartStatus.Open, 100_002));
        (await sale.Grains.Cart(new("cart_none")).GetSizeAsync()).ShouldBeNull();

        await cart.SetItemAsync(new("b"), 0, expectedVersion: null, returnView: false);
        (await cart.GetSizeAsync()).ShouldBe(new CartSize(CartStatus.Open, 2));
        (await sale.BuyAsync(cart)).Result.ShouldBeOfType<CheckoutResult.Placed>();
        (await cart.GetSizeAsync()).ShouldBe(new CartSize(CartStatus.Ordered, 2));
    }

    [Fact]
    public async Task Cart_WithoutAChange_Expires_AndIsGone()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 5));
        var (empty, filled, ordered) = (sale.Grains.Cart(new("cart_1")), await sale.CartAsync(2, ("a", 1)), await sale.CartAsync(3, ("a", 1)));
        await empty.CreateAsync("GBP", "session-1");
        (await sale.BuyAsync(ordered)).Result.ShouldBeOfType<CheckoutResult.Placed>();

        sale.Cluster.Time.Advance(TimeSpan.FromHours(6));
        await sale.Cluster.ResumeAllAsync();

        (await empty.GetAsync()).ShouldBeNull();
        (await empty.SetItemAsync(new("a"), 1, expectedVersion: null, returnView: false)).ShouldBeOfType<CartResult.Unknown>();
        (await empty.CheckoutAsync(Orders.Sale.Request("key"), Orders.Sale.Details())).ShouldBeOfType<CheckoutResult.Unknown>();
        (await sale.Grains.Cart(new("cart_4")).CreateAsync("GBP", "session-1")).ShouldNotBeNull("the external id is free");
        (await filled.GetAsync()).ShouldNotBeNull();

        sale.Cluster.Time.Advance(TimeSpan.FromDays(31));
        await sale.Cluster.ResumeAllAsync();

        (await filled.GetAsync()).ShouldBeNull();
        (await ordered.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
        sale.Store.AllDue().ShouldNotContain(static row => row.StateName == "cart");
    }

    [Theory]
    [InlineData(WriteFault.BeforeCommit)]
    [InlineData(WriteFault.AfterCommit)]
    public async Task Expiry_AfterAFailedWrite_IsRepeated(WriteFault fault)
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 1));
        sale.Cluster.Time.Advance(TimeSpan.FromDays(32));
        sale.Store.FailNextWrite(fault, static (name, _) => name is "cart");

        await Should.ThrowAsync<Exception>(() => sale.Cluster.ResumeAllAsync());
        await sale.Cluster.ResumeAllAsync();

        (await cart.GetAsync()).ShouldBeNull();
        sale.Store.EventsIn(cart.GetPrimaryKeyString()).Count(static row => row.Type is "expired").ShouldBe(1);
    }

    [Fact]
    public async Task EditOfACart_MovesNoDueTime_OnTheSameDay()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 5), ("b", 5));
        var cart = await sale.CartAsync(1, ("a", 1));
        var (due, writes) = (sale.Store.DueOf("cart", cart.GetPrimaryKeyString()), sale.Store.Writes.Length);

        await cart.SetItemAsync(new("b"), 1, expectedVersion: null, returnView: false);

        sale.Store.DueOf("cart", cart.GetPrimaryKeyString()).ShouldBe(due);
        sale.Store.Writes.Length.ShouldBe(writes + 1);
    }

    [Fact]
    public async Task Cart_WhoseOffersAreAway_ShowsItsStoredPrices()
    {
        var offers = new OffersThatMayBeAway();
        await using var sale = await Orders.Sale.StartAsync(services => services.AddSingleton<IIncomingGrainCallFilter>(offers));
        await sale.GivenAsync("a", onHand: 5, price: 100);
        var cart = await sale.CartAsync(1, ("a", 2));
        (await cart.GetAsync())!.PricedAt.ShouldNotBeNull();
        (await cart.GetAsync())!.Items.Single().Product.ShouldBe((await sale.Grains.Offer(new("a")).GetAsync())!.Product);

        offers.AreAway = true;
        var view = (await cart.GetAsync())!;

        (view.PricedAt, view.Totals.Total).ShouldBe((null, new Money(200, "GBP")));
    }

    private sealed class OffersThatMayBeAway : IIncomingGrainCallFilter
    {
        public bool AreAway { get; set; }

        public Task Invoke(IIncomingGrainCallContext context) =>
            AreAway && context.Grain is Catalog.OfferGrain ? throw new SiloUnavailableException("The silo is lost.") : context.Invoke();
    }
}
