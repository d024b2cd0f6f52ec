namespace ActorShop.Storage.Sqlite;

/// <summary>The index of due work.</summary>
internal sealed class SqliteDueTable(SqliteDatabase database) : IDueTable
{
    /// <inheritdoc/>
    public Task<ImmutableArray<DueRow>> ReadAsync(int bucket, DateTimeOffset until, int limit) =>
        Task.FromResult(database.Readers.Read(connection => connection.Select(
            "select state_name, key, at from due where bucket = ?1 and at <= ?2 order by at limit ?3",
            static row => new DueRow(row.Text(0), row.Text(1), row.Moment(2)),
            bucket,
            until,
            limit)));
}
