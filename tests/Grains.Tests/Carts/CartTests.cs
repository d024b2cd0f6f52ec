using System.Text.Json;
using ActorShop.Orders;

namespace ActorShop.Carts;

public sealed class CartTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderId Order = new("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
    private static readonly CheckoutDetails Details = new("ada@example.org", new("Ada", "1 Row", null, "Leeds", "LS1", "GB"), "tok_ok");

    [Fact]
    public void Lines_KeepTheirOrder_OnePerSku()
    {
        var cart = Set(Set(Set(Open(), "b", 1), "a", 2), "b", 5);

        cart.Lines.Select(static line => (line.Sku.Value, line.Quantity)).ShouldBe([("b", 5), ("a", 2)]);
    }

    [Fact]
    public void FullCart_RefusesAnotherSku()
    {
        var cart = Enumerable.Range(0, Line.MaxCount).Aggregate(Open(), static (cart, n) => Set(cart, $"sku{n}", 1));

        cart.SetItem(new("one-more"), 1, ("x", 1), null, 1).Reply.ShouldBe(new CartResult.Full(Line.MaxCount));
        cart.SetItem(new("sku7"), 9, ("x", 1), null, 1).Reply.ShouldBeNull();
    }

    [Fact]
    public void Checkout_LocksTheCart_UntilTheOrderSettles()
    {
        var cart = CheckingOut();

        cart.SetItem(new("a"), 1, ("x", 1), null, 1).Reply.ShouldBe(new CartResult.CheckingOut(Order));
        cart.EndAttempt(Order, OrderStatus.Pending).ShouldBeEmpty();
        cart.EndAttempt(new("ord_other"), OrderStatus.Failed).ShouldBeEmpty();
        cart.After(cart.EndAttempt(Order, OrderStatus.Failed)).RefuseCheckout().ShouldBeNull();
        cart.After(cart.EndAttempt(Order, OrderStatus.Confirmed)).RefuseCheckout().ShouldBe(new CheckoutResult.Ordered(Order));
    }

    [Fact]
    public void Token_IsInTheState_AndNotInTheEvents()
    {
        var open = Set(Open(), "a", 2);
        var began = open.BeginCheckout(Order, Details, open.Lines, Noon, Noon);
        JsonSerializer.Serialize(began.Events, ShopJson.Options).Contains("tok_ok", StringComparison.Ordinal).ShouldBeFalse();

        var back = JsonSerializer.Deserialize<Cart>(JsonSerializer.Serialize(open.After(began), ShopJson.Options), ShopJson.Options)!;

        back.CommandOf(back.Attempt!, new("cart_1")).PaymentToken.ShouldBe("tok_ok");
        back.CommandOf(back.Attempt!, new("cart_1")).Lines.ShouldHaveSingleItem().LineTotal.ShouldBe(new Money(200, "GBP"));
        back.Due.ShouldBe(Noon);
    }

    [Fact]
    public void ChangedLine_IsSerialisedAnew()
    {
        var line = new CartLine(new("a"), "thing", 1, 255);
        JsonSerializer.Serialize(line, ShopJson.Options).ShouldBe("""["a","thing",1,255]""");

        JsonSerializer.Serialize(line with { UnitPrice = 99 }, ShopJson.Options).ShouldBe("""["a","thing",1,99]""");
        (line with { }).ShouldBe(line);
        (line with { Name = "Thing" }).ShouldNotBe(line);
    }

    private static Cart Open() => new Cart().After(new Cart().Create("GBP", externalId: null, Noon));

    private static Cart Set(Cart cart, string sku, int quantity) =>
        cart.After(cart.SetItem(new(sku), quantity, ($"thing {sku}", 100), expectedVersion: null, version: 1));

    private static Cart CheckingOut()
    {
        var open = Set(Open(), "a", 2);
        return open.After(open.BeginCheckout(Order, Details, open.Lines, Noon, Noon));
    }
}
