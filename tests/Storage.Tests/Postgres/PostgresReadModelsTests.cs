using System.Text;
using ActorShop.Reporting;
using Npgsql;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

[NeedsPostgres]
public sealed class PostgresReadModelsTests : ReadModelsContract
{
    private PostgresFixture _postgres = null!;
    private PostgresFixture _beside = null!;

    protected override IReadModels Models => _postgres.ReadModels;

    protected override IReadModels Others => _beside.ReadModels;

    protected override IGrainStorage Storage => _postgres.Storage;

    public override async Task InitializeAsync()
    {
        _postgres = await PostgresFixture.OpenAsync();
        _beside = _postgres.Beside();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _beside.DisposeAsync();
            await _postgres.DisposeAsync();
        }
    }

    protected override async Task RestartAsync(string setting, string value)
    {
        _postgres.Settings[setting] = value;
        await _postgres.CloseAsync();
    }

    /// <summary>Goal: during a rolling change of settings, no process fills the tables by the former ones.</summary>
    [ContractFact]
    public async Task ProcessWithOtherSettings_LeavesTheTablesToTheOneThatStartedLast()
    {
        await Shop.ProductAsync("prod_1", "Äpfel");
        await ProjectAllAsync();
        _beside.Settings["Shop:Locale"] = "sv";
        while (await Others.ProjectAsync("reporting", limit: 10) > 0)
        {
        }

        await Shop.ProductAsync("prod_2", "Zebra");

        (await Models.ProjectAsync("reporting", limit: 10)).ShouldBe(0);
        (await Models.GetLagAsync("reporting")).ShouldBe(1);
        (await Others.ProjectAsync("reporting", limit: 10)).ShouldBe(1);
        (await Models.FindProductsAsync(new(null, null, "GBP", null, null, null, "name", null, 9))).Page.Items.Select(static p => p.Id.Value).ShouldBe(["prod_2", "prod_1"]);
    }

    protected override Task ExecuteAsync(string sql) => _postgres.ScalarAsync(sql);

    protected override async Task InterruptRebuildAsync()
    {
        await _postgres.Database.ChangeAsync(InterruptRebuildAsync);
        await _postgres.CloseAsync();
    }

    protected override async Task<string> ContentsAsync()
    {
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString);
        await connection.OpenAsync();
        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            text.AppendLine(table);
            await using var command = new NpgsqlCommand($"select t::text from {table} t order by 1", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                text.AppendLine(reader.GetString(0));
            }
        }

        return text.ToString();
    }
}
