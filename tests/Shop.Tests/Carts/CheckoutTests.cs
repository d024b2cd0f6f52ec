using ActorShop.Catalog;
using ActorShop.Orders;
using ActorShop.PaymentSimulator.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Carts;

public sealed class CheckoutTests
{
    [Fact]
    public async Task Checkout_OfOneLine_CostsTenDurableWrites()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var before = sale.Store.Writes.Length;

        var (result, answer) = await sale.BuyAsync(cart);

        result.ShouldBeOfType<CheckoutResult.Placed>().Order.Status.ShouldBe(OrderStatus.Confirmed);
        answer!.Status.ShouldBe(201);
        sale.Store.Writes[before..].CountBy(static write => write.StateName).OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .ShouldBe([new("cart", 2), new("idempotency", 2), new("order", 3), new("payment", 1), new("stock", 2)]);
        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
        await sale.AssertConsistentAsync(("a", 5));
        sale.Store.AllDue().Select(static row => row.StateName).ShouldBe(["idempotency"]);
    }

    [Fact]
    public async Task Checkout_Repeated_RepeatsTheAnswer_AndRefusesAnotherBody()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var (first, answer) = await sale.BuyAsync(cart);

        var (_, again) = await sale.BuyAsync(cart);
        var (other, _) = await sale.BuyAsync(cart, "key 2");
        var reused = await sale.Record(cart).BeginAsync(Sale.Request("key", "another body"));
        var joined = await cart.CheckoutAsync(((CheckoutResult.Placed)first!).Order.Id, Sale.Details());

        again.ShouldBe(answer);
        reused.ShouldBeOfType<BeginResult.Reused>();
        other.ShouldBeOfType<CheckoutResult.Ordered>();
        joined.ShouldBeOfType<CheckoutResult.Placed>().Order.Id.ShouldBe(((CheckoutResult.Placed)first).Order.Id);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task FailedCheckout_Repeated_StaysFailed_AfterAnotherSucceeds()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var order = new OrderId("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
        var failed = await cart.CheckoutAsync(order, Sale.Details("tok_declined"));

        (await sale.BuyAsync(cart)).Result.ShouldBeOfType<CheckoutResult.Placed>();
        var again = await cart.CheckoutAsync(order, Sale.Details("tok_declined"));

        var first = failed.ShouldBeOfType<CheckoutResult.Failed>().Order;
        again.ShouldBeOfType<CheckoutResult.Failed>().Order.Failure.ShouldBe(first.Failure);
        sale.Journal.Entries.Count(static entry => entry.Outcome is JournalOutcome.Declined).ShouldBe(1);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task ConcurrentCheckouts_WithOneOrderId_AreJoined()
    {
        await using var sale = await Sale.SellingAsync(("a", 50));
        var cart = await sale.CartAsync(1, ("a", 2));
        var order = new OrderId("ord_0192f0c1a2b37c4d8e5f60718293a4b5");

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cart.CheckoutAsync(order, Sale.Details())));

        results.ShouldAllBe(result => ((CheckoutResult.Placed)result!).Order.Id == order);
        sale.Journal.Entries.Count.ShouldBe(1);
        await sale.AssertConsistentAsync(("a", 50));
    }

    [Fact]
    public async Task ConcurrentCheckouts_WithManyKeys_YieldOneOrder()
    {
        await using var sale = await Sale.SellingAsync(("a", 50));
        var cart = await sale.CartAsync(1, ("a", 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => sale.BuyAsync(cart, $"key {n}")));

        answers.Count(static answer => answer.Result is CheckoutResult.Placed).ShouldBe(1);
        await sale.AssertConsistentAsync(("a", 50));
    }

    [Fact]
    public async Task Checkout_BeyondItsTimeout_IsPending_AndRepeatsIt()
    {
        await using var sale = await StartImpatientAsync();
        await sale.GivenAsync("a", onHand: 5);
        var cart = await sale.CartAsync(1, ("a", 2));

        var (result, answer) = await sale.BuyAsync(cart, token: "tok_late");
        answer!.Status.ShouldBe(202);
        (await cart.SetItemAsync(new("a"), 1, expectedVersion: null, returnView: false)).ShouldBeOfType<CartResult.CheckingOut>();
        sale.Cluster.Time.Advance(TimeSpan.FromSeconds(8));
        await sale.SettleAsync();

        var order = ((CheckoutResult.Placed)result!).Order.Id;
        (await sale.Grains.Order(order).GetAsync())!.Status.ShouldBe(OrderStatus.Confirmed);
        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
        var (repeated, again) = await sale.BuyAsync(cart, token: "tok_late");
        repeated.ShouldBeNull();
        again.ShouldBe(answer);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task Checkout_OfAnUnofferedSkuOrAnEmptyCart_IsRefused()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var offer = (await sale.Grains.Offer(new("a")).GetAsync())!;
        await sale.Grains.Offer(new("a")).SetAsync(offer with { Active = false, ProductVersion = 2 });

        (await sale.BuyAsync(cart)).Result.ShouldBe(new CheckoutResult.NotOffered(new("a")));
        await cart.SetItemAsync(new("a"), 0, expectedVersion: null, returnView: false);
        (await sale.BuyAsync(cart)).Result.ShouldBeOfType<CheckoutResult.Empty>();
    }

    [Fact]
    public async Task CheckoutAfterAPriceRise_IsRefusedWithTheCart_WithoutAWrite_UntilItsTotalIsExpected()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 5, price: 100);
        await sale.GivenAsync("b", onHand: 5, price: 10);
        var cart = await sale.CartAsync(1, ("a", 2), ("b", 1));
        await PriceAsync(sale, "a", 120);
        var read = (await cart.GetAsync())!;
        var before = sale.Store.Writes.Length;

        // The answer may be lost, so neither a repeat nor another checkout takes it for known.
        var refusals = new List<CheckoutResult>();
        foreach (var id in new[] { 1, 1, 2 })
        {
            refusals.Add(await cart.CheckoutAsync(Id(id), Sale.Details()));
        }

        sale.Store.Writes.Length.ShouldBe(before);
        foreach (var view in refusals.Select(static refused => refused.ShouldBeOfType<CheckoutResult.PriceChanged>().Cart).Append(read))
        {
            view.Totals.Total.ShouldBe(new Money(250, "GBP"));
            view.PriceChanges.ShouldBe([new(new("a"), new(100, "GBP"), new(120, "GBP"))]);
            view.PricedAt.ShouldNotBeNull();
        }

        var placed = await cart.CheckoutAsync(Id(3), Sale.Details() with { ExpectedTotal = new(250, "GBP") });
        placed.ShouldBeOfType<CheckoutResult.Placed>().Order.Totals.Total.ShouldBe(new Money(250, "GBP"));
    }

    [Fact]
    public async Task ChangeOfALine_AcceptsARise_IfItsAnswerShowsIt()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 5, price: 100);
        var cart = await sale.CartAsync(1, ("a", 1));
        await PriceAsync(sale, "a", 120);

        await cart.SetItemAsync(new("a"), 2, expectedVersion: null, returnView: false);
        (await cart.CheckoutAsync(Id(1), Sale.Details())).ShouldBeOfType<CheckoutResult.PriceChanged>();

        var changed = (CartResult.Changed)await cart.SetItemAsync(new("a"), 3, expectedVersion: null, returnView: true);
        changed.Cart!.Totals.Total.ShouldBe(new Money(360, "GBP"));
        (await cart.CheckoutAsync(Id(2), Sale.Details())).ShouldBeOfType<CheckoutResult.Placed>().Order.Totals.Total.ShouldBe(new Money(360, "GBP"));
    }

    [Fact]
    public async Task CheckoutOfMoreUnitsThanItsCallerMayOrder_IsRefused()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 9, price: 100);
        var cart = await sale.CartAsync(1, ("a", 4));

        (await cart.CheckoutAsync(Id(1), Sale.Details() with { MaxUnits = 3 })).ShouldBeOfType<CheckoutResult.TooManyUnits>();
        (await cart.CheckoutAsync(Id(2), Sale.Details() with { MaxUnits = 4 })).ShouldBeOfType<CheckoutResult.Placed>();
    }

    [Fact]
    public async Task CheckoutAfterAPriceFall_PaysTheLowerPrice()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 5, price: 100);
        var cart = await sale.CartAsync(1, ("a", 2));
        await PriceAsync(sale, "a", 80);

        (await sale.BuyAsync(cart)).Result.ShouldBeOfType<CheckoutResult.Placed>().Order.Totals.Total.ShouldBe(new Money(160, "GBP"));
    }

    [Theory]
    [InlineData(160, "GBP", true)]
    [InlineData(200, "GBP", false)]
    [InlineData(160, "EUR", false)]
    public async Task ExpectedTotal_DecidesAlone(long expected, string currency, bool isPlaced)
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 5, price: 50);
        await sale.GivenAsync("b", onHand: 5, price: 150);
        var cart = await sale.CartAsync(1, ("a", 1), ("b", 1));
        await PriceAsync(sale, "a", 60);
        await PriceAsync(sale, "b", 100);

        var result = await cart.CheckoutAsync(Id(1), Sale.Details() with { ExpectedTotal = new(expected, currency) });

        (result is CheckoutResult.Placed).ShouldBe(isPlaced);
        (result is CheckoutResult.PriceChanged { Cart.Totals.Total.Amount: 160 }).ShouldBe(!isPlaced);
    }

    [Fact]
    public async Task CheckoutBeyondTheLargestTotal_IsRefused()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 5, price: 10_000_000_000);
        await sale.GivenAsync("b", onHand: 5, price: 1);
        var cart = await sale.CartAsync(1, ("a", 100_000), ("b", 1));
        var before = sale.Store.Writes.Length;

        (await cart.CheckoutAsync(Id(1), Sale.Details())).ShouldBeOfType<CheckoutResult.TotalTooLarge>();

        sale.Store.Writes.Length.ShouldBe(before);
    }

    private static OrderId Id(int number) => new($"ord_{number:x32}");

    private static async Task PriceAsync(Sale sale, string sku, long price)
    {
        var offer = (await sale.Grains.Offer(new(sku)).GetAsync())!;
        await sale.Grains.Offer(new(sku)).SetAsync(offer with { Prices = [new(price, "GBP")], ProductVersion = offer.ProductVersion + 1 });
    }

    private static Task<Sale> StartImpatientAsync() => Sale.StartAsync(static services =>
        services.Configure<CartsOptions>(static carts => carts.CheckoutTimeout = TimeSpan.FromMilliseconds(100)));
}
