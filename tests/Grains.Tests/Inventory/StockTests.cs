namespace ActorShop.Inventory;

[Trait("Suite", "Unit")]
public sealed class StockTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);
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

        reply.ShouldBe(new ReserveResult.Reserved(Now + Lifetime));
        stock.ToLevel(Sku).ShouldBe(new StockLevel(Sku, OnHand: 5, Reserved: 2, StockPolicy.Tracked, 0, Version: 2));
    }

    [Fact]
    public void Reserve_OfTooManyUnits_ReturnsTheFreeUnits_AndChangesNothing()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 3);

        var decision = stock.Reserve(new("ord_2"), 3, Lifetime, Now, Past.Nothing);

        decision.Reply.ShouldBe(new ReserveResult.Insufficient(2));
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Reserve_Repeated_ReservesOnce()
    {
        var (_, once) = With(onHand: 5).Reserving("ord_1", 2);

        var again = once.Reserve(new("ord_1"), 2, Lifetime, Now.AddMinutes(1), Past.Nothing);

        again.Reply.ShouldBe(new ReserveResult.Reserved(Now + Lifetime));
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Reserve_OfTheLargestKnownLine_Fits()
    {
        var (reply, stock) = With(onHand: 80_995).Reserving("ord_1", 80_995);

        reply.ShouldBeOfType<ReserveResult.Reserved>();
        stock.Promisable.ShouldBe(0);
    }

    [Fact]
    public void Reserve_AfterTheReservationEnded_ReservesNothing()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 2);
        var committed = stock.Committing("ord_1").Stock;
        var released = stock.After(stock.Release(new("ord_1")));

        committed.Reserving("ord_1", 2).Reply.ShouldBe(new ReserveResult.Ended(Committed: true));
        released.Reserving("ord_1", 2).Reply.ShouldBe(new ReserveResult.Ended(Committed: false));
        released.Reserving("ord_1", 2).Stock.ShouldBeSameAs(released);
    }

    [Fact]
    public void Commit_Repeated_TakesTheUnitsOnce()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 2);

        var (first, once) = stock.Committing("ord_1");
        var (second, twice) = once.Committing("ord_1");

        first.ShouldBe(new CommitResult.Committed());
        second.ShouldBe(new CommitResult.Committed());
        twice.ShouldBeSameAs(once);
        (once.OnHand, once.Reserved).ShouldBe((3, 0));
    }

    [Fact]
    public void Commit_WithoutAReservation_IsLost() =>
        With(onHand: 5).Committing("ord_1").Reply.ShouldBe(new CommitResult.Lost());

    [Fact]
    public void Commit_AtExpiry_IsLost_AndReleasesTheUnits()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 2);

        var (reply, late) = stock.Committing("ord_1", Now + Lifetime);

        reply.ShouldBe(new CommitResult.Lost());
        (late.OnHand, late.Reserved).ShouldBe((5, 0));
    }

    [Fact]
    public void Expiry_IsDueAtTheNextWholeMinute()
    {
        var (_, one) = With(onHand: 5).Reserving("ord_1", 1, Now.AddSeconds(1));
        var (_, two) = one.Reserving("ord_2", 1, Now.AddSeconds(50));

        one.Due.ShouldBe(Now + Lifetime + TimeSpan.FromMinutes(1));
        two.Due.ShouldBe(one.Due);
        two.Committing("ord_1").Stock.Due.ShouldBe(one.Due);
        two.Committing("ord_1").Stock.Committing("ord_2").Stock.Due.ShouldBeNull();
    }

    [Fact]
    public void Expire_ReleasesAllExpiredReservations()
    {
        var (_, stock) = With(onHand: 5).Reserving("ord_1", 1);
        (_, stock) = stock.Reserving("ord_2", 1, Now.AddMinutes(5));

        var expired = stock.Expire(Now + Lifetime);

        expired.ShouldHaveSingleItem().ShouldBeOfType<StockEvent.Expired>().Order.ShouldBe(new OrderId("ord_1"));
        stock.After(expired).Reserved.ShouldBe(1);
    }

    [Fact]
    public void Reserve_UsesUnitsOfExpiredReservations()
    {
        var (_, stock) = With(onHand: 1).Reserving("ord_1", 1);

        var (reply, next) = stock.Reserving("ord_2", 1, Now + Lifetime);

        reply.ShouldBeOfType<ReserveResult.Reserved>();
        next.Reservations.Keys.ShouldHaveSingleItem().ShouldBe("ord_2");
    }

    [Fact]
    public void Release_WithoutAReservation_ChangesNothing() => With(onHand: 5).Release(new("ord_1")).ShouldBeEmpty();

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
        stock.Reserving("ord_1", 5).Stock.Committing("ord_1").Stock.OnHand.ShouldBe(-3);
    }

    [Fact]
    public void Untracked_LimitsNothing_AndCountsAdjustments()
    {
        var stock = Untracked(onHand: 0);

        stock.Reserving("ord_1", 1_000).ShouldBe((new ReserveResult.Reserved(Now + Lifetime), stock));
        stock.Committing("ord_1").ShouldBe((new CommitResult.Committed(), stock));
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

    [Fact]
    public void Window_DropsTheOldestIds_AndNeedsTheLedger()
    {
        var stock = With(onHand: 10_000);
        for (var order = 0; order <= Stock.Window; order++)
        {
            stock = stock.Reserving($"ord_{order:D5}", 1).Stock.Committing($"ord_{order:D5}").Stock;
        }

        stock.Ended.Count.ShouldBe(Stock.Window);
        stock.NeedsPast(new OrderId("ord_00000")).ShouldBeTrue();
        stock.NeedsPast(new OrderId("ord_00001")).ShouldBeFalse();
        stock.NeedsPast(new OrderId("ord_99999")).ShouldBeFalse();
        stock.Commit(new("ord_00000"), Now, Past.Committed).Reply.ShouldBe(new CommitResult.Committed());
        stock.Commit(new("ord_00000"), Now, Past.GivenBack).Reply.ShouldBe(new CommitResult.Lost());
        stock.Reserve(new("ord_00000"), 1, Lifetime, Now, Past.Committed).Reply.ShouldBe(new ReserveResult.Ended(Committed: true));
        stock.Reserve(new("ord_00000"), 1, Lifetime, Now, Past.GivenBack).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Commit_OfAnUncountedReservation_SucceedsAfterTrackingBegan()
    {
        var uncounted = Untracked(onHand: 5);
        var (promised, _) = uncounted.Reserving("ord_1", 9);
        promised.ShouldBeOfType<ReserveResult.Reserved>();
        var counted = uncounted.After(uncounted.SetPolicy(Sku, StockPolicy.Tracked, 0, expectedVersion: null, Now).Events);

        counted.Commit(new("ord_1"), Now + Lifetime, Past.Nothing).Reply.ShouldBeOfType<CommitResult.Committed>();
        counted.Committing("ord_1").Stock.OnHand.ShouldBe(5);
        counted.Commit(new("ord_1"), Now + Stock.UncountedPromises, Past.Nothing).Reply.ShouldBeOfType<CommitResult.Lost>();
    }

    [Fact]
    public void Commit_OfAReservationThatExpiredWhileTracked_IsLost()
    {
        var uncounted = Untracked(onHand: 5);
        var counted = uncounted.After(uncounted.SetPolicy(Sku, StockPolicy.Tracked, 0, expectedVersion: null, Now).Events);
        var (_, reserved) = counted.Reserving("ord_1", 2);

        reserved.Commit(new("ord_1"), Now + Lifetime, Past.Nothing).Reply.ShouldBeOfType<CommitResult.Lost>();
    }

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
        var (reply, events) = stock.Reserve(new(order), quantity, TimeSpan.FromMinutes(20), now ?? Now, Past.Nothing);
        return (reply, stock.After(events));
    }

    public static (CommitResult Reply, Stock Stock) Committing(this Stock stock, string order, DateTimeOffset? now = null)
    {
        var (reply, events) = stock.Commit(new(order), now ?? Now, Past.Nothing);
        return (reply, stock.After(events));
    }
}
