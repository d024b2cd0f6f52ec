using System.Globalization;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

/// <summary>Questions to the tables that grains write. They do not use the projections, so they can show what a projection lacks.</summary>
internal static class EntityTables
{
    public static async Task<Page<HistoryEntry>> HistoryAsync(DbSession session, string stream, long after, int limit) => Pages.Of(
        await session.SelectAsync(
            $"select seq, at, type, data from events where stream = {stream} and seq > {after} order by seq limit {limit + 1}",
            static row => new HistoryEntry(row.Long(0), row.Moment(1), row.Text(2), row.Text(3))),
        limit,
        static entry => entry,
        static entry => entry.Sequence.ToString(CultureInfo.InvariantCulture));

    public static async Task<Page<SagaEntry>> SagasAsync(DbSession session, string? step, string? after, int limit)
    {
        var filter = step is null ? Sql.Of($"(d.at is not null or g.label not in ('confirmed', 'cancelled', 'failed'))") : Sql.Of($"g.label = {step}");
        var sagas = await session.SelectAsync(
            $"""
            select g.key, coalesce(g.label, ''), d.at from grain_state g left join due d on d.state_name = g.state_name and d.key = g.key
            where g.state_name = 'order' and g.key > {after ?? string.Empty} and {filter} order by g.key limit {limit + 1}
            """,
            static row => new SagaEntry(row.Text(0), row.Text(1), row.MomentOrNull(2)));
        return Pages.Of(sagas, limit, static saga => saga, static saga => saga.Grain);
    }

    public static async Task<ImmutableArray<DueWork>> DueWorkAsync(DbSession session, DateTimeOffset now) =>
    [
        .. await session.SelectAsync(
            $"select state_name, count(*), min(at) from due where at <= {now} group by state_name order by state_name",
            static row => new DueWork(row.Text(0), row.Long(1), row.Moment(2))),
    ];

    public static async Task<Page<OutboxEntry>> OutboxAsync(DbSession session, string? after, int limit)
    {
        Sql? position = null;
        if (after is not null)
        {
            var (topic, rest) = Cursor.Split(after);
            var (sequence, stream) = Cursor.SplitNumber(rest);
            position = Sql.Of($"(topic, stream, seq) > ({topic}, {stream}, {sequence})");
        }

        var messages = await session.SelectAsync(
            $"select stream, seq, topic from outbox where {Sql.All(position)} order by topic, stream, seq limit {limit + 1}",
            static row => new OutboxEntry(row.Text(0), row.Long(1), row.Text(2)));
        return Pages.Of(messages, limit, static entry => entry, static entry => Cursor.Of(entry.Topic, Cursor.Of(entry.Sequence, entry.Stream)));
    }

    public static async Task<Page<PostingEntry>> LedgerAsync(DbSession session, string? account, string? after, int limit)
    {
        Sql? position = null;
        if (after is not null)
        {
            var (sequence, rest) = Cursor.SplitNumber(after);
            var (side, stream) = Cursor.SplitNumber(rest);
            position = Sql.Of($"(p.stream, p.seq, p.side) > ({stream}, {sequence}, {side})");
        }

        var postings = await session.SelectAsync(
            $"""
            select p.stream, p.seq, e.at, p.account, p.amount, p.currency, p.side
            from postings p join events e on e.stream = p.stream and e.seq = p.seq
            where {Sql.All(account is null ? null : Sql.Of($"p.account = {account}"), position)}
            order by p.stream, p.seq, p.side limit {limit + 1}
            """,
            static row => (
                Entry: new PostingEntry(row.Text(0), row.Long(1), row.Moment(2), row.Text(3), new(row.Long(4), row.Text(5))), Side: row.Long(6)));
        return Pages.Of(
            postings, limit, static row => row.Entry, static row => Cursor.Of(row.Entry.Sequence, Cursor.Of(row.Side, row.Entry.Stream)));
    }

    public static Task<ImmutableArray<AccountBalance>> BalancesAsync(DbSession session) => session.SelectAsync(
        $"select account, currency, {Sql.Sum("amount")} from postings group by account, currency order by account, currency",
        static row => new AccountBalance(row.Text(0), new(row.Sum(2), row.Text(1))));
}
