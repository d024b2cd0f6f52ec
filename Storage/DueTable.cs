namespace ActorShop.Storage;

/// <summary>The index of due work.</summary>
internal sealed class DueTable(IDatabase database) : IDueTable
{
    /// <inheritdoc/>
    public Task<ImmutableArray<DueRow>> ReadAsync(int bucket, DateTimeOffset until, int limit) => database.ReadAsync(session => session.SelectAsync(
        $"select state_name, key, at from due where bucket = {bucket} and at <= {until} order by at limit {limit}",
        static row => new DueRow(row.Text(0), row.Text(1), row.Moment(2))));
}
