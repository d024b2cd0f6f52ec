using System.Data.Common;

namespace ActorShop.Storage.Postgres;

internal sealed class PostgresDialect : Dialect
{
    // The first half of the lock's name: nothing else takes advisory locks of this class.
    private const int LockClass = 0x50726f6a;

    private PostgresDialect()
    {
    }

    public static PostgresDialect Instance { get; } = new();

    // The server stores moments in UTC, and the driver takes them in no other form.
    public override object Value(object? value) => value is DateTimeOffset moment ? moment.UtcDateTime : value ?? DBNull.Value;

    public override DateTimeOffset Moment(DbDataReader row, int column) => new(row.GetDateTime(column));

    public override Sql TakeTurn(string topic, bool wait) => wait
        ? Sql.Of($"select true from pg_advisory_xact_lock({LockClass}, hashtext({topic}))")
        : Sql.Of($"select pg_try_advisory_xact_lock({LockClass}, hashtext({topic}))");

    // An index of trigrams serves the patterns.
    public override (Sql Source, Sql Counted, Sql Condition) Named(ImmutableArray<string> words) => (AllProducts, AllProducts, Sql.All(words.Select(Like)));

    protected override Sql FromJson(string json, string columns) => Sql.Of($"json_to_recordset({json}::json) as r ({Sql.Text(columns)})");
}
