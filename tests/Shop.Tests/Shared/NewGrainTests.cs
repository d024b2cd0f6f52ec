using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Shared;

/// <summary>Goal: a grain under a new id is written without a read, and a mark that is wrong costs a repeat and nothing else.</summary>
public sealed class NewGrainTests
{
    private static readonly CartId Cart = new($"cart_{1:x32}");

    [Fact]
    public async Task Round_ReadsNoStateOfItsCartAndItsOrder()
    {
        await using var sale = await Sale.SellingAsync(("a", 5), ("b", 5));
        var before = sale.Store.Reads.Length;

        await CreateAsync(sale);
        var cart = sale.Grains.Cart(Cart);
        await cart.SetItemAsync(new("a"), 1, expectedVersion: null, returnView: false);
        await cart.SetItemAsync(new("b"), 1, expectedVersion: null, returnView: false);
        var (_, answer) = await sale.BuyAsync(cart);
        (await sale.Grains.Order(answer!.Value.Order).GetAsync()).ShouldNotBeNull();

        sale.Store.Reads[before..].ShouldBeEmpty();
        sale.Store.Conflicts.ShouldBe(0);
        await sale.AssertConsistentAsync(("a", 5), ("b", 5));
    }

    [Fact]
    public async Task CreationOfACartThatIsStored_AnswersWithIt()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        await sale.CartAsync(1, ("a", 2));
        await sale.CrashAsync();

        var cart = await CreateAsync(sale);

        cart!.Items.ShouldHaveSingleItem().Quantity.ShouldBe(2);
        cart.Version.ShouldBe(2);
        sale.Store.Conflicts.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadBesideACreation_WaitsForItsWrite(bool isStored)
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        if (isStored)
        {
            await sale.CartAsync(1, ("a", 2));
            await sale.CrashAsync();
        }

        var arrived = sale.Store.HoldWrites();
        var creating = CreateAsync(sale);
        await arrived;
        var begun = sale.Cluster.Begun.NextAsync(nameof(ICartGrain.GetAsync));
        var reading = sale.Grains.Cart(Cart).GetAsync();
        await begun;
        sale.Store.ReleaseWrites();

        await creating;
        if (isStored)
        {
            await Should.ThrowAsync<OrleansException>(() => reading, "nothing was read, and what is stored is not denied");
        }
        else
        {
            (await reading).ShouldNotBeNull();
        }

        (await sale.Grains.Cart(Cart).GetAsync())!.Items.Length.ShouldBe(isStored ? 1 : 0);
    }

    [Fact]
    public async Task CallThatWroteNothing_LeavesNoActivationThatDeniesWhatIsStored()
    {
        await using var sale = await Sale.SellingAsync(("a", 5));
        var (_, answer) = await sale.BuyAsync(await sale.CartAsync(1, ("a", 2)));
        var order = sale.Grains.Order(answer!.Value.Order);
        await sale.CrashAsync();
        order = sale.Grains.Order(answer.Value.Order);
        await Should.ThrowAsync<ArgumentException>(() => NewGrain.CallAsync(answer.Value.Order.Value, () => order.PlaceAsync(Sale.Command(OrderTender.Card), TimeSpan.Zero)));

        await Should.ThrowAsync<OrleansException>(order.GetAsync);

        (await order.GetAsync())!.Status.ShouldBe(OrderStatus.Confirmed);
    }

    private static Task<CartView?> CreateAsync(Sale sale) =>
        NewGrain.CallAsync(Cart.Value, () => sale.Grains.Cart(Cart).CreateAsync("GBP", externalId: null));
}
