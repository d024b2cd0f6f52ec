namespace ActorShop.Storage.Postgres;

/// <summary>The index of due work, from which the silos take disjoint parts.</summary>
internal sealed class PostgresDueTable(PostgresDatabase database) : IDueTable
{
    // Rows that another silo is taking, or that a grain is writing, are skipped: whoever holds them is at work.
    private const string Take =
        """
        with taken as (
            select g.state_name, g.key, g.due_at
            from grain_state g
            where g.due_at <= $1
              and not exists (select 1 from due_leases l where l.state_name = g.state_name and l.key = g.key)
            order by g.due_at
            limit $3
            for no key update skip locked),
        leased as (
            insert into due_leases (state_name, key, until) select state_name, key, $2 from taken
            on conflict do nothing
            returning state_name, key)
        select state_name, key, due_at from taken join leased using (state_name, key) order by due_at
        """;

    private const string EndLeases =
        """
        delete from due_leases
        where (state_name, key) in (select state_name, key from due_leases where until <= $1 for update skip locked)
        """;

    /// <inheritdoc/>
    public Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit) => database.ChangeAsync(async question =>
    {
        await question.ExecuteAsync(EndLeases, now);
        return await question.SelectAsync(
            Take, static row => new DueRow(row.GetString(0), row.GetString(1), row.Moment(2)), now, now + lease, limit);
    });
}
