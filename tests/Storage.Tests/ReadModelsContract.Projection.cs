using System.Globalization;
using ActorShop.Reporting;
using ActorShop.Storage.ReadModels;

namespace ActorShop.Storage;

// How events come into the read models: once, in whatever pieces.
public abstract partial class ReadModelsContract
{
    private protected static readonly ImmutableArray<string> Tables =
        ["products", "product_skus", "product_prices", "sku_prices", "categories", "stock_levels", "orders", "sold", "corrections"];

    /// <summary>The models as another process beside this one has them, where there can be one.</summary>
    protected virtual IReadModels Others => Models;

    /// <summary>All rows of <see cref="Tables"/>, as text in an order of its own.</summary>
    protected abstract Task<string> ContentsAsync();

    protected abstract Task ExecuteAsync(string sql);

    /// <summary>Leaves the tables as a making anew does when its process ends behind the first step, and lets that process end.</summary>
    protected abstract Task InterruptRebuildAsync();

    private protected static async Task<int> InterruptRebuildAsync(DbSession session)
    {
        await session.ExecuteAsync(Effects.Clear(session.Dialect));
        await session.ExecuteAsync($"delete from outbox_batches");
        return await session.ExecuteAsync($"update rebuilds set started_at = {Noon}, stream = '', seq = 0, carried = 0, done = false");
    }

    /// <summary>Goal: an event leaves the outbox in the transaction that has its effect. Method: a table is missing for a while.</summary>
    [ContractFact]
    public async Task FailedProjection_LeavesItsEventsWaiting()
    {
        await Shop.StockAsync("A", 3);
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100)]);
        await ProjectAllAsync();
        await Shop.OrderAsync("ord_2", Noon, [("A", 2, 100)]);
        await ExecuteAsync("alter table sold rename to sold_elsewhere");

        await Should.ThrowAsync<StorageFaultException>(() => Models.ProjectAsync("reporting", limit: 10));

        (await Models.GetLagAsync("reporting")).ShouldBe(2);
        await ExecuteAsync("alter table sold_elsewhere rename to sold");
        await ProjectAllAsync();
        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Units.ShouldBe(5);
        await ShouldEqualARebuildAsync();
    }

    /// <summary>Goal: rebuilds, projections and writes at once lose and repeat no event, and keep the order within a stream.</summary>
    [ContractFact]
    public async Task RebuildsBesideProjectionsAndWrites_CountEachEventOnce()
    {
        using var written = new CancellationTokenSource();
        var projections = Enumerable.Range(0, 4).Select(async n =>
        {
            while (!written.IsCancellationRequested)
            {
                if (await (n % 2 == 0 ? Models : Others).ProjectAsync("reporting", limit: 7) == 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                }
            }
        }).ToArray();
        var rebuilds = new[] { Models, Others }.Select(async models =>
        {
            while (!written.IsCancellationRequested)
            {
                await models.RebuildAsync("reporting");
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }).ToArray();
        for (var i = 0; i < 150; i++)
        {
            await Shop.OrderAsync(string.Create(CultureInfo.InvariantCulture, $"ord_{i % 2}{i:D4}"), Noon, [("A", 1, 100)]);
            await Shop.StockAsync(i % 2 == 0 ? "A" : "B", i);
        }

        await written.CancelAsync();
        await Task.WhenAll(projections.Concat(rebuilds));
        await ProjectAllAsync();

        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Units.ShouldBe(150);
        (await Models.GetOutboxAsync(after: null, limit: 10)).Items.ShouldBeEmpty();
        await ShouldEqualARebuildAsync();
    }

    [ContractFact]
    public async Task ConcurrentProjectors_CountEachEventOnce()
    {
        for (var i = 0; i < 50; i++)
        {
            await Shop.OrderAsync(string.Create(CultureInfo.InvariantCulture, $"ord_{i}"), Noon, [("A", 1, 100)]);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            while (await (n % 2 == 0 ? Models : Others).ProjectAsync("reporting", limit: 7) > 0)
            {
            }
        }));
        await ProjectAllAsync();

        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Units.ShouldBe(50);
        (await Models.GetLagAsync("reporting")).ShouldBe(0);
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Rebuild_EqualsTheProjectionInBatches(int seed)
    {
        var random = new Random(seed);
        var confirmed = new List<string>();
        for (var i = 0; i < 250; i++)
        {
            await HappenAsync(random, confirmed, i);
            if (random.Next(4) == 0)
            {
                await Models.ProjectAsync("reporting", random.Next(1, 9));
            }
        }

        await ProjectAllAsync();

        await ShouldEqualARebuildAsync();
        (await ContentsAsync()).Length.ShouldBeGreaterThan(1000);
    }

    [ContractFact]
    public async Task InterruptedRebuild_IsFinishedByTheNextProcess()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100)]);
        await Shop.OrderAsync("ord_2", Noon, [("A", 3, 100)]);
        await ProjectAllAsync();

        await Shop.StockAsync("A", 3);
        await InterruptRebuildAsync();

        (await Models.GetLagAsync("reporting")).ShouldBe(5);
        (await Models.ProjectAsync("reporting", limit: 3)).ShouldBe(3);

        // Behind the position of the rebuild, and before it.
        Shop = new(Storage);
        await Shop.OrderAsync("ord_0", Noon, [("A", 3, 100)]);
        await Shop.OrderAsync("ord_9", Noon, [("A", 3, 100)]);
        await ProjectAllAsync();

        (await Models.GetLagAsync("reporting")).ShouldBe(0);
        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Units.ShouldBe(12);
        await ShouldEqualARebuildAsync();
    }

    [ContractFact]
    public async Task UnreadableEvent_StopsTheProjection_AndIsNamed()
    {
        await Shop.AppendAsync("ord_1", "confirmed", new { Order = "not an order" });

        var fault = await Should.ThrowAsync<InvalidDataException>(() => Models.ProjectAsync("reporting", limit: 10));

        fault.Message.ShouldBe("Event 1 of ord_1 (confirmed) cannot be read.");
        (await Models.GetLagAsync("reporting")).ShouldBe(1);
    }

    private async Task ShouldEqualARebuildAsync()
    {
        var projected = await ContentsAsync();
        await Models.RebuildAsync("reporting");
        (await ContentsAsync()).ShouldBe(projected);
    }

    private async Task HappenAsync(Random random, List<string> confirmed, int number)
    {
        var sku = string.Create(CultureInfo.InvariantCulture, $"S{random.Next(6)}");
        var id = string.Create(CultureInfo.InvariantCulture, $"ord_{number:D4}");
        var at = Noon.AddHours(random.Next(100));
        var earlier = confirmed.Count == 0 ? null : confirmed[random.Next(confirmed.Count)];
        switch (random.Next(6))
        {
            case 0:
                await Shop.StockAsync(sku, random.Next(9), random.Next(3), random.Next(3) == 0 ? "backorder" : null);
                break;
            case 1:
                await Shop.ProductAsync($"prod_{sku}", $"Name {number}", sku, random.Next(2) == 0 ? number : null, archived: random.Next(5) == 0);
                break;
            case 2 when earlier is not null:
                await Shop.RefundAsync(earlier, at, random.Next(50), random.Next(9));
                break;
            case 3 when earlier is not null:
                await Shop.CancelAsync(earlier, at, random.Next(50));
                break;
            case 4:
                await Shop.EntryAsync(id, at, random.Next(2) == 0 ? "credit-notes" : "bad-debt", random.Next(99));
                break;
            default:
                await Shop.OrderAsync(id, at, [(sku, random.Next(1, 5), 100), (sku, 1, 90), ("S0", 1, 10)]);
                confirmed.Add(id);
                break;
        }
    }
}
