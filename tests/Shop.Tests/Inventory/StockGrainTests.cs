namespace ActorShop.Inventory;

/// <summary>Goal: a stock answers only with what is durable, with concurrent callers and with a store that fails.</summary>
/// <remarks>Method: one silo over a store in memory whose writes can be held and failed; the ledger is read from the store.</remarks>
[Trait("Suite", "Cluster")]
public sealed class StockGrainTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private MemoryShopStore Store => cluster.Shop.Store;

    private IGrainFactory Grains => cluster.Shop.Grains;

    [Fact]
    public async Task LastUnit_IsReservedOnce_ForTwoHundredBuyers()
    {
        var sku = await GivenAsync("last-unit", onHand: 1);

        var replies = await ReserveAsync(sku, buyers: 200);

        replies.Count(static reply => reply is ReserveResult.Reserved).ShouldBe(1);
        replies.Count(static reply => reply is ReserveResult.Insufficient { Available: 0 }).ShouldBe(199);
        (await Grains.Stock(sku).GetAsync()).Available.ShouldBe(0);
    }

    [Fact]
    public async Task ConcurrentReservations_ShareTheNextWrite()
    {
        var sku = await GivenAsync("group-commit", onHand: 1_000);
        var before = WritesOf(sku);

        // The first reservation is on its way to the store when two hundred others are decided.
        var arrived = Store.HoldWrites();
        var first = Grains.Stock(sku).ReserveAsync(Order(0), 1);
        await arrived;
        var begun = cluster.Shop.Begun.NextAsync(nameof(IStockGrain.ReserveAsync), 200);
        var others = Enumerable.Range(1, 200).Select(n => Grains.Stock(sku).ReserveAsync(Order(n), 1)).ToArray();
        await begun;

        // A read shows nothing that is not durable.
        (await Grains.Stock(sku).GetAsync()).Reserved.ShouldBe(0);
        Store.ReleaseWrites();
        await Task.WhenAll(others.Append(first));

        (WritesOf(sku) - before).ShouldBe(2);
        Store.EventsIn(Key(sku)).Length.ShouldBe(202);
        (await Grains.Stock(sku).GetAsync()).Reserved.ShouldBe(201);
    }

    [Fact]
    public async Task FailedWrite_FailsItsCallers_AndTheNextActivationReadsTheStore()
    {
        var sku = await GivenAsync("failed-write", onHand: 10);
        var arrived = Store.HoldWrites();
        Store.FailNextWrite(WriteFault.BeforeCommit, IsOf(sku));
        var first = Grains.Stock(sku).ReserveAsync(Order(1), 1);
        await arrived;
        var begun = cluster.Shop.Begun.NextAsync(nameof(IStockGrain.ReserveAsync));
        var second = Grains.Stock(sku).ReserveAsync(Order(2), 1);
        await begun;
        Store.ReleaseWrites();

        await Should.ThrowAsync<OrleansException>(first);
        await Should.ThrowAsync<OrleansException>(second);

        (await Grains.Stock(sku).GetAsync()).Reserved.ShouldBe(0);
        (await Grains.Stock(sku).ReserveAsync(Order(1), 1)).ShouldBeOfType<ReserveResult.Reserved>();
        (await Grains.Stock(sku).GetAsync()).Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task RepeatsAndRefusals_FailWithTheWriteTheyRestOn()
    {
        var sku = await GivenAsync("resting", onHand: 1);
        var arrived = Store.HoldWrites();
        Store.FailNextWrite(WriteFault.BeforeCommit, IsOf(sku));
        var first = Grains.Stock(sku).ReserveAsync(Order(1), 1);
        await arrived;
        var begun = cluster.Shop.Begun.NextAsync(nameof(IStockGrain.ReserveAsync), 2);
        var repetition = Grains.Stock(sku).ReserveAsync(Order(1), 1);
        var refusal = Grains.Stock(sku).ReserveAsync(Order(2), 1);
        await begun;
        Store.ReleaseWrites();

        await Should.ThrowAsync<OrleansException>(first);
        await Should.ThrowAsync<OrleansException>(repetition);
        await Should.ThrowAsync<OrleansException>(refusal);
    }

    [Fact]
    public async Task WriteWithUnknownOutcome_IsFoundByTheRetry()
    {
        var sku = await GivenAsync("unknown-outcome", onHand: 10);
        Store.FailNextWrite(WriteFault.AfterCommit, IsOf(sku));

        await Should.ThrowAsync<OrleansException>(Grains.Stock(sku).ReserveAsync(Order(1), 4));
        var retry = await Grains.Stock(sku).ReserveAsync(Order(1), 4);

        retry.ShouldBeOfType<ReserveResult.Reserved>();
        (await Grains.Stock(sku).GetAsync()).Reserved.ShouldBe(4);
        Store.EventsIn(Key(sku)).Count(static e => e.Type is "reserved").ShouldBe(1);
    }

    [Fact]
    public async Task Ledger_IsGapFree_AndSumsToTheUnitsOnHand()
    {
        var sku = await GivenAsync("ledger", onHand: 100);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async n =>
        {
            await Grains.Stock(sku).ReserveAsync(Order(n), 1);
            await Grains.Stock(sku).EndReservationAsync(Order(n), n % 3 == 0 ? ReservationEnd.Released : ReservationEnd.Shipped);
        }));

        var ledger = Store.EventsIn(Key(sku));
        var level = await Grains.Stock(sku).GetAsync();

        ledger.Select(static e => e.Sequence).ShouldBe(Enumerable.Range(1, 121).Select(static n => (long)n));
        ledger.Select(static e => System.Text.Json.Nodes.JsonNode.Parse(e.Data)!).Sum(static e => (int)e["delta"]!).ShouldBe(level.OnHand);
        (level.OnHand, level.Reserved, level.Version).ShouldBe((60, 0, 121));
        Store.Outbox.Count(row => string.Equals(row.Stream, Key(sku), StringComparison.Ordinal)).ShouldBe(121);
    }

    [Theory]
    [InlineData(ReservationEnd.Allocated)]
    [InlineData(ReservationEnd.Shipped)]
    public async Task LateRepeatOfAReservation_TakesNothing(ReservationEnd end)
    {
        var sku = await GivenAsync($"late-{end}", onHand: 10);
        var stock = Grains.Stock(sku);
        var number = ((ReserveResult.Reserved)await stock.ReserveAsync(Order(1), 2)).Number!.Value;
        ((ReserveResult.Reserved)await stock.ReserveAsync(Order(1), 2)).Number.ShouldBe(number, "it is the same reservation");
        var lookups = Store.Lookups;
        var first = await stock.EndReservationAsync(Order(1), end, number);
        Store.Lookups.ShouldBe(lookups, "the reservation is still there, so the order has taken nothing");
        ((ReserveResult.Reserved)await stock.ReserveAsync(Order(1), 2)).Number.ShouldNotBe(number);
        var before = await stock.GetAsync();

        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => stock.EndReservationAsync(Order(1), end, n % 2 == 0 ? number : 0)));

        again.ShouldAllBe(ended => ended == first);
        var level = await stock.GetAsync();
        (level.OnHand, level.Reserved).ShouldBe((before.OnHand, before.Reserved - 2));
        (await stock.GetReservationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task OldAdjustment_Repeated_RepeatsItsAnswer()
    {
        var sku = await GivenAsync("old-adjustment", onHand: 5);
        var stock = Grains.Stock(sku);
        var first = await stock.AdjustAsync("delivery-0", 7, "delivery");
        await Task.WhenAll(Enumerable.Range(1, Stock.AdjustmentWindow).Select(n => stock.AdjustAsync($"delivery-{n}", 1, "delivery")));

        (await stock.AdjustAsync("delivery-0", 7, "delivery")).ShouldBe(first);
        (await stock.GetAsync()).OnHand.ShouldBe(5 + 7 + Stock.AdjustmentWindow);
    }

    private static OrderId Order(int number) => new($"ord_{number:D32}");

    private static string Key(Sku sku) => $"sku/{sku}";

    private static Func<string, string, bool> IsOf(Sku sku) => (_, key) => string.Equals(key, Key(sku), StringComparison.Ordinal);

    private int WritesOf(Sku sku) => Store.Writes.Count(row => string.Equals(row.Key, Key(sku), StringComparison.Ordinal));

    private async Task<Sku> GivenAsync(string name, int onHand)
    {
        var sku = new Sku(name);
        await Grains.Stock(sku).AdjustAsync("opening", onHand, "opening stock");
        return sku;
    }

    private Task<ReserveResult[]> ReserveAsync(Sku sku, int buyers) =>
        Task.WhenAll(Enumerable.Range(0, buyers).Select(n => Grains.Stock(sku).ReserveAsync(Order(n), 1)));
}
