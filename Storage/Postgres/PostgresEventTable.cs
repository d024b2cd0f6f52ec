using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>The events of all streams.</summary>
internal sealed class PostgresEventTable(PostgresDatabase database) : IEventTable
{
    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit) => database.SelectAsync(
        "select stream, seq, at, type, reference, data from events where stream = $1 and seq > $2 order by seq limit $3",
        static row => Row(row),
        stream,
        after,
        limit);

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference) => database.SelectAsync(
        "select stream, seq, at, type, reference, data from events where stream = $1 and reference = $2 order by seq",
        static row => Row(row),
        stream,
        reference);

    /// <summary>An event from six columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The first of the columns.</param>
    internal static EventRow Row(NpgsqlDataReader row, int first = 0) => new(
        row.GetString(first),
        row.GetInt64(first + 1),
        row.Moment(first + 2),
        row.GetString(first + 3),
        row.TextOrNull(first + 4),
        row.GetString(first + 5));
}
