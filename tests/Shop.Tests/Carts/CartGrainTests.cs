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
    public async Task Refusals_NameTheReason()
    {
        await using var sale = await Orders.Sale.SellingAsync(("a", 0));
        var cart = await sale.CartAsync(1, ("a", 2));

        (await sale.Grains.Cart(new("cart_none")).SetItemAsync(new("a"), 1, null, returnView: true)).ShouldBeOfType<CartResult.Unknown>();
        (await cart.SetItemAsync(new("z"), 1, null, returnView: true)).ShouldBe(new CartResult.NotOffered(new("z")));
        (await cart.SetItemAsync(new("a"), 1, expectedVersion: 1, returnView: true)).ShouldBe(new CartResult.VersionMismatch(2));
        (await sale.Grains.Cart(new("cart_none")).GetAsync()).ShouldBeNull();
    }
}
