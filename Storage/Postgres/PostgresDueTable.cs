namespace ActorShop.Storage.Postgres;

/// <summary>The index of due work, from which the silos take disjoint parts.</summary>
internal sealed class PostgresDueTable(PostgresDatabase database) : IDueTable
{
    public Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit) => database.ChangeAsync(async session =>
    {
        await session.ExecuteAsync(
            $"""
            delete from due_leases
            where (state_name, key) in (select state_name, key from due_leases where until <= {now} for update skip locked)
            """);

        // Rows that another silo takes, or that a grain writes, are skipped: their holder is at work.
        return await session.SelectAsync(
            $"""
            with taken as (
                select g.state_name, g.key, g.due_at
                from grain_state g
                where g.due_at <= {now}
                  and not exists (select 1 from due_leases l where l.state_name = g.state_name and l.key = g.key)
                order by g.due_at
                limit {limit}
                for no key update skip locked),
            leased as (
                insert into due_leases (state_name, key, until) select state_name, key, {now + lease} from taken
                on conflict do nothing
                returning state_name, key)
            select state_name, key, due_at from taken join leased using (state_name, key) order by due_at
            """,
            static row => new DueRow(row.Text(0), row.Text(1), row.Moment(2)));
    });
}
