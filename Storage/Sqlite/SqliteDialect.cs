using System.Data.Common;

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

    public override Sql? TakeTurn(string topic, bool wait) => null;

    protected override Sql FromJson(string json, string columns)
    {
        var names = columns.Split(", ").Select(static column => column[..column.IndexOf(' ', StringComparison.Ordinal)]);
        return Sql.Of($"(select {Sql.Text(string.Join(", ", names.Select(static name => $"value ->> '{name}' as {name}")))} from json_each({json})) as r");
    }
}
