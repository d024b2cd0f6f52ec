using System.Data.Common;
using ActorShop.Storage.ReadModels;

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

    public override Sql In<T>(string column, IEnumerable<T> values) => Sql.Of($"{Sql.Text(column)} = any({values.ToArray()})");

    // Statements of a projection find a few rows among many by their keys, so nested loops over indexes suit them. The estimates of arrays and JSON
    // speak for reading whole tables of events instead. The settings end with the transaction.
    public override Sql TakeTurn(string topic, bool wait)
    {
        var turn = wait
            ? Sql.Of($"select true from pg_advisory_xact_lock({LockClass}, hashtext({topic})) where")
            : Sql.Of($"select pg_try_advisory_xact_lock({LockClass}, hashtext({topic})) and");
        return Sql.Of($"{turn} set_config('enable_seqscan', 'off', true) = 'off' and set_config('enable_hashjoin', 'off', true) = 'off' and set_config('enable_mergejoin', 'off', true) = 'off' and set_config('jit', 'off', true) = 'off'");
    }

    // A prepared statement's plan is made for any words, so the plan is settled here: an index of trigrams serves the patterns of longer words,
    // "|| ''" keeps it from reading itself from end to end for short ones, and "offset 0" keeps the planner from looking for few hits among all
    // names in their order.
    public override (Sql Source, Sql Counted, Sql Condition) Named(ImmutableArray<string> words)
    {
        var named = words.Select(static word => IsIndexed(word) ? Like(word) : Sql.Of($@"p.folded || '' like {SearchText.PatternOf(word)} escape '\'"));
        var source = words.IsEmpty
            ? AllProducts
            : Sql.Of($"(select p.id, p.sort, p.category, p.created_at, p.archived from products p where {Sql.All(named)} offset 0) p");
        return (source, source, Sql.All());
    }

    protected override Sql FromJson(string json, string columns) => Sql.Of($"json_to_recordset({json}::json) as r ({Sql.Text(columns)})");
}
