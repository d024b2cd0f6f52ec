using System.Globalization;
using System.Text;
using ActorShop.Reporting;
using Orleans.Storage;

namespace ActorShop.Storage.Sqlite;

public sealed class SqliteReadModelsTests : ReadModelsContract
{
    private static readonly string[] Tables =
        ["products", "product_skus", "product_prices", "sku_prices", "categories", "stock_levels", "orders", "sold", "corrections", "marks"];

    private readonly SqliteFixture _sqlite = SqliteFixture.Open();

    protected override IReadModels Models => _sqlite.ReadModels;

    protected override IGrainStorage Storage => _sqlite.Storage;

    public override async Task DisposeAsync() => await _sqlite.DisposeAsync();

    [Fact]
    public async Task Outbox_DeliveredTwice_HasItsEffectOnce()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100)]);
        await Shop.RefundAsync("ord_1", Noon, refunded: 40);
        await CarryAsync();
        var once = Contents();

        await _sqlite.Database.Writer.RunAsync(static connection => connection.Execute(
            "insert into outbox (topic, stream, seq, at) select 'reporting', stream, seq, at from events where type <> 'placed'"));
        (await Models.ProjectAsync("reporting", limit: 100)).ShouldBe(2);

        Contents().ShouldBe(once);
        (await Models.GetOutboxAsync(after: null, limit: 10)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoProjectors_AtOnce_HaveTheEffectOfOne()
    {
        for (var i = 0; i < 50; i++)
        {
            await Shop.OrderAsync(string.Create(CultureInfo.InvariantCulture, $"ord_{i}"), Noon, [("A", 1, 100)]);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (await Models.ProjectAsync("reporting", limit: 7) > 0)
            {
            }
        }));
        await CarryAsync();

        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Units.ShouldBe(50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rebuild_EqualsWhatWasCarriedPieceByPiece(int seed)
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

        await CarryAsync();
        var carried = Contents();

        await Models.RebuildAsync("reporting");

        Contents().ShouldBe(carried);
        carried.Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task Rebuild_CutShort_IsFinishedByTheNextProcess()
    {
        await Shop.OrderAsync("ord_1", Noon, [("A", 3, 100)]);
        await Shop.OrderAsync("ord_2", Noon, [("A", 3, 100)]);
        await CarryAsync();
        var before = Contents();

        // As RebuildAsync leaves the tables when its process ends behind the first step.
        await _sqlite.Database.Writer.RunAsync(static connection =>
        {
            ReportingTables.Clear(connection);
            connection.Execute("delete from marks");
            return connection.Execute("insert into rebuilds (topic, started_at, stream, seq, carried, done) values ('reporting', 0, '', 0, 0, 0)");
        });
        await Shop.StockAsync("A", 3);
        await _sqlite.CloseAsync();

        (await Models.GetLagAsync("reporting")).ShouldBe(5);
        (await Models.ProjectAsync("reporting", limit: 3)).ShouldBe(3);
        await CarryAsync();

        Contents().Replace("sku/A|1|", "", StringComparison.Ordinal).Length.ShouldBeGreaterThan(before.Length);
        (await Models.GetLagAsync("reporting")).ShouldBe(0);
        (await Models.GetBestSellersAsync(from: null, to: null, limit: 1)).Single().Units.ShouldBe(6);
    }

    [Fact]
    public async Task UnreadableEvent_StopsTheProjection_AndNamesItself()
    {
        await Shop.AppendAsync("ord_1", "confirmed", new { Order = "not an order" });

        var fault = await Should.ThrowAsync<InvalidDataException>(() => Models.ProjectAsync("reporting", limit: 10));

        fault.Message.ShouldBe("Event 1 of ord_1 (confirmed) cannot be read.");
        (await Models.GetLagAsync("reporting")).ShouldBe(1);
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

    private string Contents() => _sqlite.Database.Readers.Read(static connection =>
    {
        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            var columns = connection.Select($"select name from pragma_table_info('{table}')", static row => row.Text(0));
            var row = string.Join(" || '|' || ", columns.Select(static column => $"coalesce({column}, 'null')"));
            text.AppendLine(table);
            text.AppendJoin('\n', connection.Select($"select {row} from {table} order by 1", static row => row.Text(0))).AppendLine();
        }

        return text.ToString();
    });
}
