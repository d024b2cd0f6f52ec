using System.Globalization;
using ActorShop.Reporting;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Sqlite;

// These are asked of what grains wrote, never of what was made from it: a projection cannot witness its own loss.
internal sealed partial class SqliteReadModels
{
    /// <inheritdoc/>
    public Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit) => database.Readers.QueryAsync(connection =>
        Pages.Of(
            connection.Select(
                "select seq, at, type, data from events where stream = ?1 and seq > ?2 order by seq limit ?3",
                static row => new HistoryEntry(row.Integer(0), row.Moment(1), row.Text(2), row.Text(3)),
                stream,
                after,
                limit + 1),
            limit,
            static entry => entry,
            static entry => entry.Sequence.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit) => database.Readers.QueryAsync(connection =>
        Pages.Of(
            connection.Select(
                "select g.key, coalesce(g.label, ''), d.at from grain_state g left join due d on d.state_name = g.state_name and d.key = g.key "
                + "where g.state_name = 'order' and g.key > ?1 and "
                + (step is null ? "(d.at is not null or g.label not in ('confirmed', 'cancelled', 'failed')) " : "g.label = ?3 ")
                + "order by g.key limit ?2",
                static row => new SagaEntry(row.Text(0), row.Text(1), row.IsNull(2) ? null : row.Moment(2)),
                step is null ? [after ?? string.Empty, limit + 1] : [after ?? string.Empty, limit + 1, step]),
            limit,
            static entry => entry,
            static entry => entry.Grain));

    /// <inheritdoc/>
    public Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit) => database.Readers.QueryAsync(connection =>
    {
        var filter = new SqlFilter();
        if (after is not null)
        {
            var (topic, rest) = Cursor.Split(after);
            var (sequence, stream) = Cursor.SplitNumber(rest);
            filter.And("(topic, stream, seq) > (?, ?, ?)", topic, stream, sequence);
        }

        return Pages.Of(
            connection.Select(
                $"select stream, seq, topic from outbox where {filter.Sql} order by topic, stream, seq limit ?",
                static row => new OutboxEntry(row.Text(0), row.Integer(1), row.Text(2)),
                filter.Values([], limit + 1)),
            limit,
            static entry => entry,
            static entry => Cursor.Of(entry.Topic, Cursor.Of(entry.Sequence, entry.Stream)));
    });

    /// <inheritdoc/>
    public Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit) => database.Readers.QueryAsync(connection =>
    {
        var filter = new SqlFilter().AndIf(account is not null, "p.account = ?", account);
        if (after is not null)
        {
            var (sequence, rest) = Cursor.SplitNumber(after);
            var (side, stream) = Cursor.SplitNumber(rest);
            filter.And("(p.stream, p.seq, p.side) > (?, ?, ?)", stream, sequence, side);
        }

        return Pages.Of(
            connection.Select(
                "select p.stream, p.seq, e.at, p.account, p.amount, p.currency, p.side from postings p "
                + $"join events e on e.stream = p.stream and e.seq = p.seq where {filter.Sql} order by p.stream, p.seq, p.side limit ?",
                static row => (
                    Entry: new PostingEntry(row.Text(0), row.Integer(1), row.Moment(2), row.Text(3), new(row.Integer(4), row.Text(5))),
                    Side: row.Integer(6)),
                filter.Values([], limit + 1)),
            limit,
            static row => row.Entry,
            static row => Cursor.Of(row.Entry.Sequence, Cursor.Of(row.Side, row.Entry.Stream)));
    });

    /// <inheritdoc/>
    public Task<ImmutableArray<AccountBalance>> GetBalancesAsync() => database.Readers.QueryAsync(static connection => connection.Select(
        "select account, currency, sum(amount) from postings group by account, currency order by account, currency",
        static row => new AccountBalance(row.Text(0), new(row.Integer(2), row.Text(1)))));
}
