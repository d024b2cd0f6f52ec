namespace ActorShop.Storage.Sqlite;

/// <summary>The events of all streams.</summary>
internal sealed class SqliteEventTable(SqliteDatabase database) : IEventTable
{
    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit) =>
        Task.FromResult(database.Readers.Read(connection => connection.Select(
            "select stream, seq, at, type, reference, data from events where stream = ?1 and seq > ?2 order by seq limit ?3",
            Row,
            stream,
            after,
            limit)));

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference) =>
        Task.FromResult(database.Readers.Read(connection => connection.Select(
            "select stream, seq, at, type, reference, data from events where stream = ?1 and reference = ?2 order by seq",
            Row,
            stream,
            reference)));

    internal static EventRow Row(Statement row) =>
        new(row.Text(0), row.Integer(1), row.Moment(2), row.Text(3), row.TextOrNull(4), row.Text(5));
}
