using System.Text.Json;
using ActorShop.Orders;

namespace ActorShop.Carts;

public sealed class CartTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderId Order = new("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
    private static readonly CartsOptions Options = new();
    private static readonly Dictionary<Sku, long> NoPrices = [];
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

        cart.SetItem(new("one-more"), 1, ("x", 1), showsPrice: true, null, 1, Noon, Options).Reply.ShouldBe(new CartResult.Full(Line.MaxCount));
        cart.SetItem(new("sku7"), 9, ("x", 1), showsPrice: true, null, 1, Noon, Options).Reply.ShouldBeNull();
    }

    [Fact]
    public void Checkout_LocksTheCart_UntilTheOrderSettles()
    {
        var cart = CheckingOut();

        cart.SetItem(new("a"), 1, ("x", 1), showsPrice: true, null, 1, Noon, Options).Reply.ShouldBe(new CartResult.CheckingOut(Order));
        cart.EndAttempt(Order, OrderStatus.Pending).ShouldBeEmpty();
        cart.EndAttempt(new("ord_other"), OrderStatus.Failed).ShouldBeEmpty();
        cart.After(cart.EndAttempt(Order, OrderStatus.Failed)).RefuseCheckout().ShouldBeNull();
        cart.After(cart.EndAttempt(Order, OrderStatus.Confirmed)).RefuseCheckout().ShouldBe(new CheckoutResult.Ordered(Order));
    }

    [Fact]
    public void Token_IsNeverStored()
    {
        var open = Set(Open(), "a", 2);
        var began = open.BeginCheckout(Order, Attempt(1), NoPrices, Noon, Options);

        JsonSerializer.Serialize(began, ShopJson.Options).ShouldNotContain("tok_ok");
        open.After(began).Due.ShouldBe(Noon + Options.ResumeAfter);
        var command = open.CommandOf(new("cart_1"), open.Lines, Details, Attempt(1), Noon);
        command.PaymentToken.ShouldBe("tok_ok");
        command.Attempt.ShouldBe(Attempt(1));
        command.Lines.ShouldHaveSingleItem().LineTotal.ShouldBe(new Money(200, "GBP"));
    }

    [Fact]
    public void Attempts_AreKeptWithTheirKeys()
    {
        var cart = CheckingOut();
        cart.Find("key")!.Order.ShouldBe(Order);

        cart = cart.After(cart.EndAttempt(Order, OrderStatus.Failed));
        cart.Find("key")!.Order.ShouldBe(Order);
        cart.Find("another key").ShouldBeNull();

        cart = cart.After(cart.BeginCheckout(new("ord_2"), Attempt(9), NoPrices, Noon, Options));
        cart.Find("key")!.Order.ShouldBe(new OrderId("ord_2"), "the last attempt of a key counts");
        cart.After(cart.EndAttempt(new("ord_2"), OrderStatus.Confirmed)).Find("key")!.Order.ShouldBe(new OrderId("ord_2"));
    }

    [Fact]
    public void NextOrder_DependsOnWhatIsDurableAlone()
    {
        var cart = Set(Open(), "a", 2);
        var id = cart.NextOrder(new("cart_1"), "key");

        id.ShouldBe(JsonSerializer.Deserialize<Cart>(JsonSerializer.Serialize(cart, ShopJson.Options), ShopJson.Options)!.NextOrder(new("cart_1"), "key"));
        Guid.Parse(id.Value[OrderId.Prefix.Length..]).Version.ShouldBe(7);
        IdSource.TimeOf(id.Value).ShouldBe(Noon);
        var failed = cart.After(cart.BeginCheckout(id, Attempt(2), NoPrices, Noon, Options));
        failed = failed.After(failed.EndAttempt(id, OrderStatus.Failed));
        new[] { cart.NextOrder(new("cart_2"), "key"), cart.NextOrder(new("cart_1"), "other"), failed.NextOrder(new("cart_1"), "key"), id }.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Attempt_IsAdopted_AtExactlyItsVersion()
    {
        var cart = Set(Open(), "a", 2);

        cart.Adopt(Order, Attempt(2), version: 3, Noon, Options).ShouldBeEmpty();
        var adopted = cart.After(cart.Adopt(Order, Attempt(2), version: 2, Noon, Options));

        adopted.Names(Order, Attempt(2)).ShouldBeTrue();
        adopted.Names(Order, Attempt(3)).ShouldBeFalse("the row names the version on which the order is based");
        adopted.Names(new("ord_other"), Attempt(2)).ShouldBeFalse();
        adopted.Adopt(new("ord_other"), Attempt(3), version: 3, Noon, Options).ShouldBeEmpty();
    }

    [Fact]
    public void CheckoutOfTheOldForm_IsRead_AndEndsWithItsOrder()
    {
        const string Stored = """
            {"currency":"GBP","createdAt":"2026-01-01T00:00:00+00:00","lines":[["a","thing",1,100]],"attempt":{"order":"ord_1","details":{"email":"a@b.c","paymentToken":""},
             "token":"tok_ok","at":"2026-01-01T00:00:00+00:00","look":"2026-01-01T00:00:15+00:00"}}
            """;
        var cart = JsonSerializer.Deserialize<Cart>(Stored, ShopJson.Options)!;

        cart.RefuseCheckout().ShouldBe(new CheckoutResult.CheckingOut(new OrderId("ord_1")));
        cart.Due.ShouldNotBeNull();
        var reopened = cart.After(cart.EndAttempt(new("ord_1"), OrderStatus.Failed));
        reopened.RefuseCheckout().ShouldBeNull();
        reopened.Ended.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(120, true, 120)]
    [InlineData(120, false, 100)]
    [InlineData(80, true, 80)]
    [InlineData(80, false, 80)]
    public void RisenPrice_IsStored_IfTheAnswerShowsIt(long price, bool showsPrice, long stored)
    {
        var cart = Set(Open(), "a", 2);

        var change = cart.SetItem(new("a"), 3, ("thing a", price), showsPrice, null, 1, Noon, Options);

        cart.After(change).Lines.ShouldHaveSingleItem().UnitPrice.ShouldBe(stored);
    }

    [Theory]
    [InlineData(100, 100, null, true)]
    [InlineData(99, 100, null, true)]
    [InlineData(101, 50, null, false)]
    [InlineData(101, 50, 151L, true)]
    [InlineData(99, 100, 200L, false)]
    public void Prices_AreAgreed_IfTheTotalIsTheExpectedOne_OrNoneHasRisen(long a, long b, long? expected, bool isAgreed)
    {
        var cart = Set(Set(Open(), "a", 1), "b", 1);
        var current = cart.At(new Dictionary<Sku, long> { [new("a")] = a, [new("b")] = b });

        cart.Agrees(current, new(a + b, "GBP"), expected is { } total ? new(total, "GBP") : null).ShouldBe(isAgreed);
    }

    [Fact]
    public void Cart_Expires_AfterItsLastChange_ButNotDuringACheckoutOrOnceOrdered()
    {
        Open().Due.ShouldBe(Noon + Options.EmptyLifetime);
        Open().Expire(Noon + Options.EmptyLifetime - TimeSpan.FromTicks(1)).ShouldBeEmpty();
        Open().After(Open().Expire(Noon + Options.EmptyLifetime)).ShouldBe(new Cart());

        var filled = Set(Open(), "a", 1);
        filled.Expire(Noon + Options.Lifetime).ShouldBeEmpty();
        filled.Expire(Noon + Options.Lifetime + TimeSpan.FromDays(1)).ShouldHaveSingleItem();

        var checkingOut = CheckingOut();
        checkingOut.Expire(DateTimeOffset.MaxValue).ShouldBeEmpty();
        checkingOut.After(checkingOut.EndAttempt(Order, OrderStatus.Failed)).Due.ShouldBe(filled.Due);
        checkingOut.After(checkingOut.EndAttempt(Order, OrderStatus.Confirmed)).Due.ShouldBeNull();
    }

    [Fact]
    public void DueTimeOfACart_MovesAtMostOnceADay()
    {
        var (cart, moves) = (Open(), 0);
        for (var minute = 0; minute < 3 * 24 * 60; minute++)
        {
            var before = cart.Due;
            cart = cart.After(cart.SetItem(new("a"), 1 + (minute % 9), ("thing", 100), showsPrice: true, null, 1, Noon.AddMinutes(minute), Options));
            moves += cart.Due == before ? 0 : 1;
        }

        moves.ShouldBe(4);
        cart.Due.ShouldBe(new DateTimeOffset(Noon.Date.AddDays(3), TimeSpan.Zero) + Options.Lifetime + TimeSpan.FromDays(1));
    }

    [Fact]
    public void StoredCartOfTheOldForm_ExpiresOnlyAfterItsNextChange()
    {
        var cart = JsonSerializer.Deserialize<Cart>("""{"currency":"GBP","createdAt":"2020-01-01T00:00:00+00:00","lines":[["a","thing",1,100]]}""", ShopJson.Options)!;

        cart.Due.ShouldBeNull();
        Set(cart, "a", 2).Due.ShouldNotBeNull();
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

    private static CartAttempt Attempt(long version) => new(version, "key", "body");

    private static Cart Open() => new Cart().After(new Cart().Create("GBP", externalId: null, Noon, Options));

    private static Cart Set(Cart cart, string sku, int quantity) =>
        cart.After(cart.SetItem(new(sku), quantity, ($"thing {sku}", 100), showsPrice: true, expectedVersion: null, version: 1, Noon, Options));

    private static Cart CheckingOut()
    {
        var open = Set(Open(), "a", 2);
        return open.After(open.BeginCheckout(Order, Attempt(2), NoPrices, Noon, Options));
    }
}
