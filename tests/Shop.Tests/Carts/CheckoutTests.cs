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
    public async Task Checkout_FreezesItsPrices()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 5, price: 100);
        var cart = await sale.CartAsync(1, ("a", 2));
        var offer = (await sale.Grains.Offer(new("a")).GetAsync())!;
        await sale.Grains.Offer(new("a")).SetAsync(offer with { Prices = [new(120, "GBP")], ProductVersion = 2 });

        var (result, _) = await sale.BuyAsync(cart);

        ((CheckoutResult.Placed)result!).Order.Totals.Total.ShouldBe(new Money(240, "GBP"));
        (await cart.GetAsync())!.Totals.Total.ShouldBe(new Money(240, "GBP"));
    }

    private static Task<Sale> StartImpatientAsync() => Sale.StartAsync(static services =>
        services.Configure<CartsOptions>(static carts => carts.CheckoutTimeout = TimeSpan.FromMilliseconds(100)));
}
