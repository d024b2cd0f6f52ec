using System.Globalization;
using ActorShop.Reporting;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Postgres;

// These are asked of what grains wrote, never of what was made from it: a projection cannot witness its own loss.
internal sealed partial class PostgresReadModels
{
    /// <inheritdoc/>
    public async Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit) => Pages.Of(
        await database.SelectAsync(
            "select seq, at, type, data from events where stream = $1 and seq > $2 order by seq limit $3",
            static row => new HistoryEntry(row.GetInt64(0), row.Moment(1), row.GetString(2), row.GetString(3)),
            stream,
            after,
            limit + 1),
        limit,
        static entry => entry,
        static entry => entry.Sequence.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public async Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit) => Pages.Of(
        await database.SelectAsync(
            "select key, coalesce(label, ''), due_at from grain_state where state_name = 'order' and key > $1 and "
            + (step is null ? "(due_at is not null or label not in ('confirmed', 'cancelled', 'failed')) " : "label = $3 ")
            + "order by key limit $2",
            static row => new SagaEntry(row.GetString(0), row.GetString(1), row.MomentOrNull(2)),
            step is null ? [after ?? string.Empty, limit + 1] : [after ?? string.Empty, limit + 1, step]),
        limit,
        static entry => entry,
        static entry => entry.Grain);

    /// <inheritdoc/>
    public async Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit)
    {
        var filter = new PostgresFilter();
        if (after is not null)
        {
            var (topic, rest) = Cursor.Split(after);
            var (sequence, stream) = Cursor.SplitNumber(rest);
            filter.And("(topic, stream, seq) > (?, ?, ?)", topic, stream, sequence);
        }

        return Pages.Of(
            await database.SelectAsync(
                PostgresFilter.Numbered($"select stream, seq, topic from outbox where {filter.Sql} order by topic, stream, seq limit ?"),
                static row => new OutboxEntry(row.GetString(0), row.GetInt64(1), row.GetString(2)),
                filter.Values([], limit + 1)),
            limit,
            static entry => entry,
            static entry => Cursor.Of(entry.Topic, Cursor.Of(entry.Sequence, entry.Stream)));
    }

    /// <inheritdoc/>
    public async Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit)
    {
        var filter = new PostgresFilter().AndIf(account is not null, "p.account = ?", account);
        if (after is not null)
        {
            var (sequence, rest) = Cursor.SplitNumber(after);
            var (side, stream) = Cursor.SplitNumber(rest);
            filter.And("(p.stream, p.seq, p.side) > (?, ?, ?)", stream, sequence, (int)side);
        }

        return Pages.Of(
            await database.SelectAsync(
                PostgresFilter.Numbered(
                    "select p.stream, p.seq, e.at, p.account, p.amount, p.currency, p.side from postings p "
                    + $"join events e on e.stream = p.stream and e.seq = p.seq where {filter.Sql} order by p.stream, p.seq, p.side limit ?"),
                static row => (
                    Entry: new PostingEntry(
                        row.GetString(0), row.GetInt64(1), row.Moment(2), row.GetString(3), new(row.GetInt64(4), row.GetString(5))),
                    Side: row.GetInt32(6)),
                filter.Values([], limit + 1)),
            limit,
            static row => row.Entry,
            static row => Cursor.Of(row.Entry.Sequence, Cursor.Of(row.Side, row.Entry.Stream)));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<AccountBalance>> GetBalancesAsync() => database.QueryAsync(static question => question.SelectAsync(
        "select account, currency, sum(amount)::bigint from postings group by account, currency order by account, currency",
        static row => new AccountBalance(row.GetString(0), new(row.GetInt64(2), row.GetString(1)))));
}
