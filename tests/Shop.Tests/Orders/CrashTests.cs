using ActorShop.Carts;
using ActorShop.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Orders;

/// <summary>
/// Goal: a checkout that is interrupted at any write ends as a confirmed order, or with nothing held and nothing charged.
/// </summary>
/// <remarks>
/// Method: a checkout of one line writes the cart, the order and the stock beside each other, then the order, and after the answer the cart and the
/// stock. Each write fails once, before or after it lands. Then every process ends and starts
/// again on what is durable. The index of due work alone must bring the checkout to its end, and a repeat under the same key gets the
/// true answer. The provider's journal shows what was charged.
/// </remarks>
public sealed class CrashTests
{
    public static TheoryData<string, int, WriteFault> EveryWrite()
    {
        var data = new TheoryData<string, int, WriteFault>();
        foreach (var state in new[] { "cart", "order", "stock" })
        {
            for (var write = 1; write <= 2; write++)
            {
                data.Add(state, write, WriteFault.BeforeCommit);
                data.Add(state, write, WriteFault.AfterCommit);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWrite))]
    public async Task Sale_InterruptedAtAnyWrite_EndsByItself(string state, int write, WriteFault fault)
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        FailWrite(sale, state, write, fault);

        // The process ends while the caller waits, or soon after.
        await TryAsync(() => sale.BuyAsync(cart));
        await sale.CrashAsync();
        await sale.SettleAsync();

        await sale.AssertConsistentAsync(("a", 5));
        var view = (await sale.Grains.Cart(new($"cart_{1:x32}")).GetAsync())!;
        view.Status.ShouldBeOneOf(CartStatus.Open, CartStatus.Ordered);
        var order = view.Order is { } id ? await sale.Grains.Order(id).GetAsync() : null;
        order?.Status.ShouldBe(OrderStatus.Confirmed);
        if (view.Status is CartStatus.Open)
        {
            (await sale.BuyAsync(sale.Grains.Cart(view.Id))).Answer!.Value.Status.ShouldBe(201, "nothing was executed, so the same key begins anew");
        }
    }

    [Theory]
    [MemberData(nameof(EveryWrite))]
    public async Task Sale_InterruptedAtAnyWrite_IsResumedByTheRepeat(string state, int write, WriteFault fault)
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var cart = await sale.CartAsync(1, ("a", 2));
        FailWrite(sale, state, write, fault);

        await TryAsync(() => sale.BuyAsync(cart));
        var (result, answer) = await sale.BuyAsync(cart);

        answer!.Value.Status.ShouldBe(201, result.ToString());
        (await sale.Grains.Order(answer.Value.Order).GetAsync())!.Status.ShouldBe(OrderStatus.Confirmed);
        await sale.SettleAsync();
        await sale.AssertConsistentAsync(("a", 5));
        (await sale.BuyAsync(cart)).Answer.ShouldBe(answer);
    }

    [Theory]
    [InlineData("tok_declined", CartStatus.Open)]
    [InlineData("tok_timeout", CartStatus.Ordered)]
    [InlineData("tok_twice", CartStatus.Ordered)]
    [InlineData("tok_late", CartStatus.Ordered)]
    public async Task Sale_WithADifficultProviderAndCrashes_Ends(string token, CartStatus end)
    {
        await using var sale = await Sale.StartAsync(static services =>
            services.Configure<CartsOptions>(static carts => carts.CheckoutTimeout = TimeSpan.FromMilliseconds(300)));
        await sale.GivenAsync("a", onHand: 5);
        var cart = await sale.CartAsync(1, ("a", 2));
        var seen = 0;
        for (var n = 0; n < 4; n++)
        {
            var fault = n % 2 == 0 ? WriteFault.AfterCommit : WriteFault.BeforeCommit;
            var at = 2 + (n * 2);
            sale.Store.FailNextWrite(fault, (_, _) => ++seen >= at);
        }

        await TryAsync(() => sale.BuyAsync(cart, token: token));
        await sale.CrashAsync();
        await sale.SettleAsync();

        var cartAfter = (await sale.Grains.Cart(new($"cart_{1:x32}")).GetAsync())!.Status;
        (cartAfter == end || cartAfter is CartStatus.Open).ShouldBeTrue("an interrupted checkout may count as not executed");
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task PendingOrder_SurvivesRestart_AndConfirms()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        var id = new OrderId("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
        var isBroken = true;
        for (var n = 0; n < 50; n++)
        {
            sale.Store.FailNextWrite(WriteFault.BeforeCommit, (state, _) => isBroken && state is "stock");
        }

        var told = await sale.Grains.Order(id).PlaceAsync(Sale.Command(OrderTender.External, Sale.Line("a", 2)), TimeSpan.Zero);
        await sale.CrashAsync();
        var found = await sale.Grains.Order(id).GetAsync();
        isBroken = false;
        await sale.SettleAsync();

        told.Status.ShouldBe(OrderStatus.Pending);
        found.ShouldNotBeNull().Totals.ShouldBe(told.Totals);
        (await sale.Grains.Order(id).GetAsync())!.Status.ShouldBe(OrderStatus.Confirmed);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task Checkout_Fails_IfItsOrderCannotBeStored()
    {
        await using var sale = await Sale.StartAsync(static services =>
            services.Configure<CartsOptions>(static carts => carts.CheckoutTimeout = TimeSpan.FromMilliseconds(50)));
        await sale.GivenAsync("a", onHand: 5);
        var cart = await sale.CartAsync(1, ("a", 2));
        var isBroken = true;
        for (var n = 0; n < 200; n++)
        {
            sale.Store.FailNextWrite(WriteFault.BeforeCommit, (state, _) => isBroken && state is "order");
        }

        await Should.ThrowAsync<OrleansException>(() => sale.BuyAsync(cart));
        isBroken = false;
        await sale.SettleAsync();
        var (_, answer) = await sale.BuyAsync(cart);

        answer!.Value.Status.ShouldBe(201);
        await sale.AssertConsistentAsync(("a", 5));
    }

    private static void FailWrite(Sale sale, string state, int write, WriteFault fault)
    {
        var seen = 0;
        sale.Store.FailNextWrite(fault, (name, _) => string.Equals(name, state, StringComparison.Ordinal) && ++seen == write);
    }

    private static async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception failure) when (failure is IOException or OrleansException or OperationCanceledException)
        {
            // A caller that received an error, or whose own process ended, knows nothing.
        }
    }
}
