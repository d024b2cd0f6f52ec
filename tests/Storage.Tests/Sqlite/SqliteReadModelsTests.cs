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

    protected override Task ExecuteAsync(string sql) => _sqlite.Database.Writer.RunAsync(connection => connection.Execute(sql));

    protected override async Task CutRebuildShortAsync()
    {
        await _sqlite.Database.Writer.RunAsync(static connection =>
        {
            ReportingTables.Clear(connection);
            connection.Execute("delete from marks");
            return connection.Execute("insert into rebuilds (topic, started_at, stream, seq, carried, done) values ('reporting', 0, '', 0, 0, 0)");
        });
        await _sqlite.CloseAsync();
    }

    protected override Task<string> ContentsAsync() => _sqlite.Database.Readers.QueryAsync(static connection =>
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
