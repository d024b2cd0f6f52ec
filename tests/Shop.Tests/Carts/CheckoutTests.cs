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

        await sale.BuyAsync(cart);
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
    public async Task TwentyConcurrentCheckouts_WithOneKey_ChargeOnce()
    {
        await using var sale = await Sale.SellingAsync(("a", 50));
        var cart = await sale.CartAsync(1, ("a", 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sale.BuyAsync(cart)));

        answers.Where(static answer => answer.Answer is not null).Select(static answer => answer.Answer).Distinct().Count().ShouldBe(1);
        answers.ShouldAllBe(static answer => answer.Result == null || answer.Result is CheckoutResult.Placed);
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
    public async Task LastUnit_IsSoldOnce_ToTwoHundredBuyers()
    {
        await using var sale = await Sale.SellingAsync(("a", 1));
        var carts = await Task.WhenAll(Enumerable.Range(1, 200).Select(n => sale.CartAsync(n, ("a", 1))));

        var answers = await Task.WhenAll(carts.Select(cart => sale.BuyAsync(cart)));

        answers.Count(static answer => answer.Result is CheckoutResult.Placed).ShouldBe(1);
        answers.Count(static answer => answer.Result is CheckoutResult.Failed { Order.Failure.Code: FailureCode.InsufficientStock }).ShouldBe(199);
        await sale.AssertConsistentAsync(("a", 1));
    }

    [Fact]
    public async Task DeclinedCheckout_ReopensTheCart_ForAnotherCard()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));

        var (declined, refusal) = await sale.BuyAsync(cart, "key 1", "tok_declined");
        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Open);
        var (repeated, same) = await sale.BuyAsync(cart, "key 1", "tok_declined");
        var (placed, _) = await sale.BuyAsync(cart, "key 2");

        declined.ShouldBeOfType<CheckoutResult.Failed>().Order.Failure!.DeclineCode.ShouldBe("card_declined");
        repeated.ShouldBeNull();
        same.ShouldBe(refusal);
        placed.ShouldBeOfType<CheckoutResult.Placed>();
        await sale.AssertConsistentAsync(("a", 5));
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
    public async Task Checkout_WithALostCaller_ClosesTheCart_AndAnswersTheRepeat()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var order = new OrderId("ord_0192f0c1a2b37c4d8e5f60718293a4b5");

        await cart.CheckoutAsync(order, Sale.Details());
        await sale.CrashAsync();
        await sale.SettleAsync();
        cart = sale.Grains.Cart(new($"cart_{1:x32}"));

        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
        (await cart.CheckoutAsync(order, Sale.Details())).ShouldBeOfType<CheckoutResult.Placed>().Order.Id.ShouldBe(order);
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

    [Fact]
    public async Task ExpiredKeys_MayBeUsedAgain()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        await sale.BuyAsync(cart, "key", "tok_declined");

        sale.Cluster.Time.Advance(TimeSpan.FromHours(25));

        (await sale.BuyAsync(cart, "key")).Result.ShouldBeOfType<CheckoutResult.Placed>();
    }

    private static Task<Sale> StartImpatientAsync() => Sale.StartAsync(static services =>
        services.Configure<CartsOptions>(static carts => carts.CheckoutTimeout = TimeSpan.FromMilliseconds(100)));
}
