namespace ActorShop.Storage.Sqlite;

/// <summary>The index of due work. One process has the database, so it remembers the leases itself.</summary>
internal sealed class SqliteDueTable(SqliteDatabase database) : IDueTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string StateName, string Key), DateTimeOffset> _leases = [];

    public async Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit)
    {
        int leased;
        lock (_lock)
        {
            foreach (var (grain, until) in _leases)
            {
                if (until <= now)
                {
                    _leases.Remove(grain);
                }
            }

            leased = _leases.Count;
        }

        // At most as many rows as there are leases are passed over. Where two callers read the same rows, the second takes fewer.
        var rows = await database.ReadAsync(session => session.SelectAsync(
            $"select state_name, key, at from due where at <= {now} order by at limit {limit + leased}",
            static row => new DueRow(row.Text(0), row.Text(1), row.Moment(2))));
        lock (_lock)
        {
            ImmutableArray<DueRow> taken = [.. rows.Where(row => !_leases.ContainsKey((row.StateName, row.Key))).Take(limit)];
            foreach (var row in taken)
            {
                _leases[(row.StateName, row.Key)] = now + lease;
            }

            return taken;
        }
    }
}
