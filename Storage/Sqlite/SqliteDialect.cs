using System.Data.Common;
using System.Text.Json;

namespace ActorShop.Storage.Sqlite;

internal sealed class SqliteDialect : Dialect
{
    private SqliteDialect()
    {
    }

    public static SqliteDialect Instance { get; } = new();

    // Moments are microseconds since 1970. Days are text, which the driver makes of them.
    public override object Value(object? value) => value is DateTimeOffset moment ? Micros.Of(moment) : value ?? DBNull.Value;

    public override DateTimeOffset Moment(DbDataReader row, int column) => Micros.ToMoment(row.GetInt64(column));

    public override Sql In<T>(string column, IEnumerable<T> values) =>
        Sql.Of($"{Sql.Text(column)} in (select value from json_each({JsonSerializer.Serialize(values)}))");

    public override Sql? TakeTurn(string topic, bool wait) => null;

    public override ImmutableArray<Sql> ClearIndexes { get; } = [Sql.Text("insert into product_search (product_search) values ('delete-all')")];

    // The index has the words' parts of three characters, so a short word costs least and comes first. "cross join" and "not indexed" keep SQLite
    // from fetching all names one by one in their order. "indexed by" names an index that has what is counted: it is small.
    public override (Sql Source, Sql Counted, Sql Condition) Named(ImmutableArray<string> words)
    {
        var indexed = words.Where(IsIndexed).ToArray();
        var match = string.Join(' ', indexed.OrderBy(static word => word.Length).Select(static word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var others = Sql.All(words.Except(indexed, StringComparer.Ordinal).Select(Like));
        if (indexed.Length == 0)
        {
            var all = words.IsEmpty ? AllProducts : Sql.Text("products p not indexed");
            return (all, all, others);
        }

        return (
            Sql.Text("product_search w cross join products p on p.row = w.rowid"),
            Sql.Text("product_search w cross join products p indexed by products_by_row on p.row = w.rowid"),
            Sql.Of($"w.product_search match {match} and {others}"));
    }

    protected override Sql FromJson(string json, string columns)
    {
        var names = columns.Split(", ").Select(static column => column[..column.IndexOf(' ', StringComparison.Ordinal)]);
        return Sql.Of($"(select {Sql.Text(string.Join(", ", names.Select(static name => $"value ->> '{name}' as {name}")))} from json_each({json})) as r");
    }
}
