namespace ActorShop.Storage.Sqlite;

/// <summary>The index of due work. One process has the database, so it remembers the leases itself.</summary>
internal sealed class SqliteDueTable(SqliteDatabase database) : IDueTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string StateName, string Key), DateTimeOffset> _leases = [];

    /// <inheritdoc/>
    public Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit)
    {
        lock (_lock)
        {
            foreach (var (grain, until) in _leases)
            {
                if (until <= now)
                {
                    _leases.Remove(grain);
                }
            }

            // At most as many rows as there are leases are passed over.
            var rows = database.Readers.Read(connection => connection.Select(
                "select state_name, key, at from due where at <= ?1 order by at limit ?2",
                static row => new DueRow(row.Text(0), row.Text(1), row.Moment(2)),
                now,
                limit + _leases.Count));
            ImmutableArray<DueRow> taken = [.. rows.Where(row => !_leases.ContainsKey((row.StateName, row.Key))).Take(limit)];
            foreach (var row in taken)
            {
                _leases[(row.StateName, row.Key)] = now + lease;
            }

            return Task.FromResult(taken);
        }
    }
}
