namespace ActorShop.Inventory;

[Trait("Suite", "Unit")]
public sealed class StockTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sku Sku = new("85123A");

    [Theory]
    [InlineData(5, StockPolicy.Tracked, 0, 1)]
    [InlineData(-5, StockPolicy.Backorder, 5, 2)]
    [InlineData(0, StockPolicy.Untracked, 0, 1)]
    [InlineData(0, StockPolicy.Tracked, 0, 0)]
    public void Open_SetsPolicyAndUnits_InOneDecision(int onHand, StockPolicy policy, int limit, int version)
    {
        var (reply, events) = new Stock().Open(Sku, new(onHand, policy, limit, "opening stock"), Now);

        var stock = events.Aggregate(new Stock(), static (stock, happened) => happened.ApplyTo(stock));
        reply.ShouldBe(new OpenStockResult.Opened(stock.ToLevel(Sku)));
        stock.ToLevel(Sku).ShouldBe(new StockLevel(Sku, onHand, 0, policy, limit, version));
    }

    [Theory]
    [InlineData(-1, StockPolicy.Tracked, 0, 0)]
    [InlineData(-6, StockPolicy.Backorder, 5, 5)]
    public void Open_BelowThePolicy_IsRefused(int onHand, StockPolicy policy, int limit, int available)
    {
        var decision = new Stock().Open(Sku, new(onHand, policy, limit, "opening stock"), Now);

        decision.Reply.ShouldBe(new OpenStockResult.Insufficient(available));
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Open_OfAStockThatExists_ChangesNothing()
    {
        var decision = With(onHand: 5).Open(Sku, new(7, StockPolicy.Untracked, 0, "opening stock"), Now);

        decision.Reply.ShouldBe(new OpenStockResult.Exists());
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Reserve_ReservesFreeUnits()
    {
        var (reply, stock) = With(onHand: 5).Reserving("ord_1", 2);

        reply.ShouldBe(new ReserveResult.Reserved(Number: 2));
        stock.ToLevel(Sku).ShouldBe(new StockLevel(Sku, OnHand: 5, Reserved: 2, StockPolicy.Tracked, 0, Version: 2));
    }

    [Fact]
    public void Reserve_OfTooManyUnits_ReturnsTheFreeUnits_AndChangesNothing()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 3);

        var decision = stock.Reserve(new("ord_2"), 3, Now);

        decision.Reply.ShouldBe(new ReserveResult.Insufficient(2));
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Reserve_Repeated_ReservesOnce()
    {
        var (_, once) = With(onHand: 5).Reserving("ord_1", 2);

        var again = once.Reserve(new("ord_1"), 2, Now.AddMinutes(1));

        again.Reply.ShouldBe(new ReserveResult.Reserved(Number: 2), "it is the same reservation");
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Reserve_OfTheLargestKnownLine_Fits()
    {
        var (reply, stock) = With(onHand: 80_995).Reserving("ord_1", 80_995);

        reply.ShouldBeOfType<ReserveResult.Reserved>();
        stock.Promisable.ShouldBe(0);
    }

    [Theory]
    [InlineData(ReservationEnd.Undecided, 0, 0, 5, 2)]
    [InlineData(ReservationEnd.Allocated, 2, 0, 5, 2)]
    [InlineData(ReservationEnd.Shipped, 0, 2, 3, 0)]
    [InlineData(ReservationEnd.Released, 0, 0, 5, 0)]
    public void Reservation_EndsAsItsOrderSays(ReservationEnd end, int allocated, int shipped, int onHand, int reserved)
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 2);

        var (reply, ended) = stock.Ending("ord_1", end);

        reply.ShouldBe(new EndedReservation(allocated, shipped));
        (ended.OnHand, ended.Reserved, ended.Allocated).ShouldBe((onHand, reserved, allocated));
        ended.Reservations.IsEmpty.ShouldBe(end is not ReservationEnd.Undecided);
    }

    [Theory]
    [InlineData(ReservationEnd.Allocated)]
    [InlineData(ReservationEnd.Shipped)]
    [InlineData(ReservationEnd.Released)]
    public void LateRepeat_OfAReservation_TakesNothing(ReservationEnd end)
    {
        var past = new EndedReservation(2, 0);
        var stock = With(onHand: 5).Reserving("ord_1", 2).Stock.Ending("ord_1", ReservationEnd.Allocated).Stock;
        stock = stock.Reserving("ord_1", 2).Stock;
        stock.Reserved.ShouldBe(4);

        var (reply, ended) = stock.Ending("ord_1", end, past);

        reply.ShouldBe(past);
        (ended.OnHand, ended.Reserved, ended.Allocated, ended.Reservations.Count).ShouldBe((5, 2, 2, 0));
    }

    [Fact]
    public void End_WithoutAReservation_ChangesNothing()
    {
        var stock = With(onHand: 5);

        stock.Ending("ord_1", ReservationEnd.Allocated).ShouldBe((EndedReservation.Nothing, stock));
        stock.Ending("ord_1", ReservationEnd.Released).ShouldBe((EndedReservation.Nothing, stock));
    }

    [Theory]
    [InlineData(true, 3, 0)]
    [InlineData(false, 5, 0)]
    public void AllocatedUnits_AreShippedOrFreed_Once(bool isShipped, int onHand, int reserved)
    {
        var stock = With(onHand: 5).Reserving("ord_1", 2).Stock.Ending("ord_1", ReservationEnd.Allocated).Stock;

        var first = stock.Withdraw(Sku, new("ord_1"), "op", 2, isShipped, "reason", past: null);
        var after = stock.After(first);
        var again = after.Withdraw(Sku, new("ord_1"), "op", 2, isShipped, "reason", past: null);

        (after.OnHand, after.Reserved, after.Allocated).ShouldBe((onHand, reserved, 0));
        again.Reply.ShouldBe(first.Reply);
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Orders_AreAskedAtTheNextWholeMinute()
    {
        var (_, one) = With(onHand: 5).Reserving("ord_1", 1, Now.AddSeconds(1));
        var (_, two) = one.Reserving("ord_2", 1, Now.AddSeconds(20));

        one.Due.ShouldBe(Now.AddMinutes(1));
        two.Due.ShouldBe(one.Due);
        two.OrdersToAsk(Now.AddSeconds(31), 10).ShouldBe([new OrderId("ord_1")]);
        two.OrdersToAsk(Now.AddMinutes(1), 10).Length.ShouldBe(2);
        two.Ending("ord_1", ReservationEnd.Allocated).Stock.Due.ShouldBe(one.Due);
        two.Ending("ord_1", ReservationEnd.Released).Stock.Ending("ord_2", ReservationEnd.Allocated).Stock.Due.ShouldBeNull();
    }

    [Fact]
    public void State_DoesNotGrowWithOrders()
    {
        var stock = With(onHand: 10_000);
        var size = 0;
        for (var order = 0; order < 1_000; order++)
        {
            stock = stock.Reserving($"ord_{order:D5}", 1).Stock.Ending($"ord_{order:D5}", ReservationEnd.Allocated).Stock;
            size = order == 0 ? System.Text.Json.JsonSerializer.Serialize(stock, ShopJson.Options).Length : size;
        }

        System.Text.Json.JsonSerializer.Serialize(stock, ShopJson.Options).Length.ShouldBeLessThan(size + 20);
    }

    [Fact]
    public void Adjust_Repeated_ReturnsTheFirstLevel()
    {
        var stock = With(onHand: 5);
        var first = stock.Adjust(Sku, "op-1", 10, "delivery", past: null);
        var later = stock.After(first.Events).Reserving("ord_1", 4).Stock;

        var again = later.Adjust(Sku, "op-1", 10, "delivery", past: null);

        again.Reply.ShouldBe(first.Reply);
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Adjust_OfReservedUnits_IsRefused()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 4);

        stock.Adjust(Sku, "op-1", -2, "damaged", past: null).Reply.ShouldBe(new AdjustResult.Insufficient(1));
        stock.Adjust(Sku, "op-2", -1, "damaged", past: null).Reply.ShouldBeOfType<AdjustResult.Adjusted>().Level.Available.ShouldBe(0);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-2_000_000_000)]
    [InlineData(int.MinValue)]
    public void Adjust_BeyondTheLimit_IsRefused(int delta) =>
        Untracked(onHand: 5).Adjust(Sku, "op-1", delta, "a slip of the keyboard", past: null).Reply
            .ShouldBe(new AdjustResult.LimitExceeded(Stock.MaxUnits));

    [Fact]
    public void Backorder_AllowsAStatedNumberBeyondTheStock()
    {
        var stock = With(onHand: 2).After(With(onHand: 2).SetPolicy(Sku, StockPolicy.Backorder, 3, expectedVersion: null, Now).Events);

        stock.Reserving("ord_1", 6).Reply.ShouldBe(new ReserveResult.Insufficient(5));
        stock.Reserving("ord_1", 5).Stock.Ending("ord_1", ReservationEnd.Shipped).Stock.OnHand.ShouldBe(-3);
    }

    [Fact]
    public void Untracked_LimitsNothing_AndCountsAdjustments()
    {
        var stock = Untracked(onHand: 0);

        stock.Reserving("ord_1", 1_000).ShouldBe((new ReserveResult.Reserved(), stock));
        stock.Ending("ord_1", ReservationEnd.Allocated).ShouldBe((EndedReservation.Nothing, stock));
        stock.Adjust(Sku, "op-1", -7, "given away", past: null).Reply.ShouldBeOfType<AdjustResult.Adjusted>().Level.OnHand.ShouldBe(-7);
    }

    [Fact]
    public void SetPolicy_BelowExistingReservations_IsRefused()
    {
        var backorder = With(onHand: 0).After(With(onHand: 0).SetPolicy(Sku, StockPolicy.Backorder, 3, null, Now).Events);
        var promised = backorder.Reserving("ord_1", 2).Stock;

        promised.SetPolicy(Sku, StockPolicy.Tracked, 0, null, Now).Reply.ShouldBe(new SetPolicyResult.OverPromised(-2));
        promised.SetPolicy(Sku, StockPolicy.Backorder, 1, null, Now).Reply.ShouldBe(new SetPolicyResult.OverPromised(-1));
        promised.SetPolicy(Sku, StockPolicy.Backorder, 2, null, Now).Reply.ShouldBeOfType<SetPolicyResult.Changed>();
    }

    [Fact]
    public void SetPolicy_WithAnOldVersion_IsRefused() =>
        With(onHand: 5).SetPolicy(Sku, StockPolicy.Untracked, 0, expectedVersion: 0, Now).Reply
            .ShouldBe(new SetPolicyResult.VersionMismatch(1));

    private static Stock With(int onHand) => new Stock().After(new Stock().Adjust(Sku, "opening", onHand == 0 ? 1 : onHand, "opening", null).Events) is var stock
        && onHand == 0
        ? stock.After(stock.Adjust(Sku, "opening-2", -1, "opening", null).Events)
        : stock;

    private static Stock Untracked(int onHand) =>
        With(onHand).After(With(onHand).SetPolicy(Sku, StockPolicy.Untracked, 0, expectedVersion: null, Now).Events);
}

/// <summary>Rules and their consequences in one step.</summary>
internal static class StockSteps
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static (ReserveResult Reply, Stock Stock) Reserving(this Stock stock, string order, int quantity, DateTimeOffset? now = null)
    {
        var (reply, events) = stock.Reserve(new(order), quantity, now ?? Now);
        return (reply, stock.After(events));
    }

    public static (EndedReservation Reply, Stock Stock) Ending(this Stock stock, string order, ReservationEnd end, EndedReservation? past = null)
    {
        var (reply, events) = stock.EndReservation(new(order), end, past);
        return (reply, stock.After(events));
    }
}
