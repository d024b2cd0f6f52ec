using System.Text.Json;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.PaymentSimulator.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace ActorShop.Carts;

public sealed class CheckoutTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Checkout_OfTrackedSkus_WaitsForTwoFlushes_AndWritesThreeHeadsAndOnePerSku(int skus)
    {
        var items = Enumerable.Range(0, skus).Select(static n => ($"sku{n}", 2)).ToArray();
        await using var sale = await Sale.SellingAsync([.. items.Select(static item => (item.Item1, 5))]);
        await sale.Grains.Stock(new("free")).SetPolicyAsync(StockPolicy.Untracked, 0, expectedVersion: null);
        await sale.GivenAsync("free", onHand: 0);
        var cart = await sale.CartAsync(1, [.. items, ("free", 1)]);
        var before = sale.Store.Writes.Length;

        // The first flush: every write is on its way at once, and none waits for another one.
        var arrived = sale.Store.HoldWrites();
        var buying = sale.BuyAsync(cart);
        await arrived;
        await UntilAsync(() => sale.Store.Held == 2 + skus);
        sale.Journal.Entries.ShouldBeEmpty("the provider is asked only after the first flush");
        sale.Store.Writes.Length.ShouldBe(before);

        // The second flush is the order's alone. What follows is held until the answer is there.
        arrived = sale.Store.ReleaseAndHoldWrites();
        await arrived;
        sale.Journal.Entries.Count.ShouldBe(1);
        Count(sale, before).ShouldBe([new("cart", 1), new("order", 1), new("stock", skus)]);
        buying.IsCompleted.ShouldBeFalse();
        _ = sale.Store.ReleaseAndHoldWrites();
        (await buying).Answer!.Value.Status.ShouldBe(201);
        Count(sale, before).ShouldBe([new("cart", 1), new("order", 2), new("stock", skus)]);

        sale.Store.ReleaseWrites();
        await sale.AssertConsistentAsync([.. items.Select(static item => (item.Item1, 5))]);
        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
        Count(sale, before).ShouldBe([new("cart", 2), new("order", 2), new("stock", 2 * skus)]);
        sale.Store.Lookups.ShouldBe(0, "the reservations are those of the order, so no ledger is read");
        sale.Store.AllDue().ShouldBeEmpty();
    }

    [Fact]
    public async Task Checkout_Repeated_RepeatsTheAnswer_AndRefusesAnotherBody()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var (first, answer) = await sale.BuyAsync(cart);

        var order = sale.Grains.Order(answer!.Value.Order);
        await order.CaptureAsync("c");
        await sale.CrashAsync();
        cart = sale.Grains.Cart(new(cart.GetPrimaryKeyString()));
        var (again, repeated) = await sale.BuyAsync(cart);
        var (other, _) = await sale.BuyAsync(cart, "key 2");

        repeated.ShouldBe(answer);
        again.ShouldBeOfType<CheckoutResult.Placed>().IsRepeat.ShouldBeTrue();
        JsonSerializer.Serialize(((CheckoutResult.Placed)again).Order, ShopJson.Options).ShouldBe(JsonSerializer.Serialize(((CheckoutResult.Placed)first).Order, ShopJson.Options));
        (await cart.CheckoutAsync(Sale.Request("key", "another body"), Sale.Details())).ShouldBeOfType<CheckoutResult.KeyReused>();
        other.ShouldBeOfType<CheckoutResult.Ordered>();
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task FailedCheckout_Repeated_StaysFailed_AfterAnotherSucceeds()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        var (failed, _) = await sale.BuyAsync(cart, "first", "tok_declined");

        (await sale.BuyAsync(cart)).Result.ShouldBeOfType<CheckoutResult.Placed>();
        var (again, _) = await sale.BuyAsync(cart, "first", "tok_declined");

        var first = failed.ShouldBeOfType<CheckoutResult.Failed>().Order;
        again.ShouldBeOfType<CheckoutResult.Failed>().Order.Failure.ShouldBe(first.Failure);
        sale.Journal.Entries.Count(static entry => entry.Outcome is JournalOutcome.Declined).ShouldBe(1);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task ConcurrentCheckouts_WithOneKey_AreJoined()
    {
        await using var sale = await Sale.SellingAsync(("a", 50));
        var cart = await sale.CartAsync(1, ("a", 2));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sale.BuyAsync(cart)));

        results.Select(static result => result.Answer).Distinct().ShouldHaveSingleItem()!.Value.Status.ShouldBe(201);
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
        answer!.Value.Status.ShouldBe(202);
        (await cart.SetItemAsync(new("a"), 1, expectedVersion: null, returnView: false)).ShouldBeOfType<CartResult.CheckingOut>();
        sale.Cluster.Time.Advance(TimeSpan.FromSeconds(8));
        await sale.SettleAsync();

        var order = ((CheckoutResult.Placed)result).Order.Id;
        (await sale.Grains.Order(order).GetAsync())!.Status.ShouldBe(OrderStatus.Confirmed);
        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
        (await sale.BuyAsync(cart, token: "tok_late")).Answer.ShouldBe((201, order), "a pending order is answered as it settled");
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
            refusals.Add(await cart.CheckoutAsync(Sale.Request($"key {id}"), Sale.Details()));
        }

        sale.Store.Writes.Length.ShouldBe(before);
        foreach (var view in refusals.Select(static refused => refused.ShouldBeOfType<CheckoutResult.PriceChanged>().Cart).Append(read))
        {
            view.Totals.Total.ShouldBe(new Money(250, "GBP"));
            view.PriceChanges.ShouldBe([new(new("a"), new(100, "GBP"), new(120, "GBP"))]);
            view.PricedAt.ShouldNotBeNull();
        }

        var placed = await cart.CheckoutAsync(Sale.Request("key 3"), Sale.Details() with { ExpectedTotal = new(250, "GBP") });
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
        (await cart.CheckoutAsync(Sale.Request("key 1"), Sale.Details())).ShouldBeOfType<CheckoutResult.PriceChanged>();

        var changed = (CartResult.Changed)await cart.SetItemAsync(new("a"), 3, expectedVersion: null, returnView: true);
        changed.Cart!.Totals.Total.ShouldBe(new Money(360, "GBP"));
        (await cart.CheckoutAsync(Sale.Request("key 2"), Sale.Details())).ShouldBeOfType<CheckoutResult.Placed>().Order.Totals.Total.ShouldBe(new Money(360, "GBP"));
    }

    [Fact]
    public async Task CheckoutOfMoreUnitsThanItsCallerMayOrder_IsRefused()
    {
        await using var sale = await Sale.StartAsync();
        await sale.GivenAsync("a", onHand: 9, price: 100);
        var cart = await sale.CartAsync(1, ("a", 4));

        (await cart.CheckoutAsync(Sale.Request("key 1"), Sale.Details() with { MaxUnits = 3 })).ShouldBeOfType<CheckoutResult.TooManyUnits>();
        (await cart.CheckoutAsync(Sale.Request("key 2"), Sale.Details() with { MaxUnits = 4 })).ShouldBeOfType<CheckoutResult.Placed>();
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

        var result = await cart.CheckoutAsync(Sale.Request("key 1"), Sale.Details() with { ExpectedTotal = new(expected, currency) });

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

        (await cart.CheckoutAsync(Sale.Request("key 1"), Sale.Details())).ShouldBeOfType<CheckoutResult.TotalTooLarge>();

        sale.Store.Writes.Length.ShouldBe(before);
    }

    [Fact]
    public async Task Checkout_Settles_WhenTheCartIsDeactivatedMeanwhile()
    {
        var hold = new HoldOfPlacing();
        await using var sale = await Sale.StartAsync(services => services.AddSingleton<IIncomingGrainCallFilter>(hold));
        await sale.GivenAsync("a", onHand: 5);
        var cart = await sale.CartAsync(1, ("a", 2));
        var buying = sale.BuyAsync(cart);
        await hold.Arrived.Task.WaitAsync(Patience);

        // From here on the cart takes no call before the checkout in it has ended.
        await cart.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        hold.Released.SetResult();

        (await buying.WaitAsync(Patience)).Result.ShouldBeOfType<CheckoutResult.Placed>().Order.Status.ShouldBe(OrderStatus.Confirmed);
        await sale.SettleAsync();
        (await cart.GetAsync())!.Status.ShouldBe(CartStatus.Ordered);
    }

    private static KeyValuePair<string, int>[] Count(Sale sale, int before) =>
        [.. sale.Store.Writes[before..].CountBy(static write => write.StateName).OrderBy(static pair => pair.Key, StringComparer.Ordinal)];

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
    }

    private static async Task PriceAsync(Sale sale, string sku, long price)
    {
        var offer = (await sale.Grains.Offer(new(sku)).GetAsync())!;
        await sale.Grains.Offer(new(sku)).SetAsync(offer with { Prices = [new(price, "GBP")], ProductVersion = offer.ProductVersion + 1 });
    }

    private static Task<Sale> StartImpatientAsync() => Sale.StartAsync(static services =>
        services.Configure<CartsOptions>(static carts => carts.CheckoutTimeout = TimeSpan.FromMilliseconds(100)));

    private sealed class HoldOfPlacing : IIncomingGrainCallFilter
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.ImplementationMethod.Name is nameof(IOrderGrain.PlaceAsync))
            {
                Arrived.TrySetResult();
                await Released.Task;
            }

            await context.Invoke();
        }
    }
}
