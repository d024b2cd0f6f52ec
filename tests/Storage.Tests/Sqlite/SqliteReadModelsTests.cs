using System.Text;
using ActorShop.Reporting;
using Orleans.Storage;

namespace ActorShop.Storage.Sqlite;

public sealed class SqliteReadModelsTests : ReadModelsContract
{
    private readonly SqliteFixture _sqlite = SqliteFixture.Open();

    protected override IReadModels Models => _sqlite.ReadModels;

    protected override IGrainStorage Storage => _sqlite.Storage;

    public override async Task DisposeAsync() => await _sqlite.DisposeAsync();

    protected override async Task RestartAsync(string setting, string value)
    {
        _sqlite.Settings[setting] = value;
        await _sqlite.CloseAsync();
    }

    protected override Task ExecuteAsync(string sql) => _sqlite.Database.Writer.RunAsync(session => session.Execute(sql));

    protected override async Task InterruptRebuildAsync()
    {
        await _sqlite.Database.ChangeAsync(InterruptRebuildAsync);
        await _sqlite.CloseAsync();
    }

    protected override Task<string> ContentsAsync() => _sqlite.Database.QueryAsync(static async session =>
    {
        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            var columns = await session.SelectAsync($"select name from pragma_table_info({table}) where name <> 'row'", static row => row.Text(0));
            var row = string.Join(" || '|' || ", columns.Select(static column => $"quote({column})"));
            text.AppendLine(table);
            text.AppendJoin('\n', await session.SelectAsync(Sql.Text($"select {row} from {table} order by 1"), static row => row.Text(0))).AppendLine();
        }

        return text.ToString();
    });
}
