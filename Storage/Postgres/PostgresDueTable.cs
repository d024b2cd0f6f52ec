namespace ActorShop.Storage.Postgres;

/// <summary>The index of due work.</summary>
internal sealed class PostgresDueTable(PostgresDatabase database) : IDueTable
{
    /// <inheritdoc/>
    public Task<ImmutableArray<DueRow>> ReadAsync(int bucket, DateTimeOffset until, int limit) => database.SelectAsync(
        "select state_name, key, at from due where bucket = $1 and at <= $2 order by at limit $3",
        static row => new DueRow(row.GetString(0), row.GetString(1), row.Moment(2)),
        bucket,
        until,
        limit);
}
