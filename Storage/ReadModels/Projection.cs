using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ActorShop.Storage.ReadModels;

/// <summary>Projects events into the read models: the effect of an event, the mark of its stream and its row of the outbox in one transaction.</summary>
/// <remarks>
/// Each stream has its own mark. An event at or below the mark has had its effect and is only deleted from the outbox, so a batch may be
/// read outside of the transaction that applies it, and by two projections at once.
/// </remarks>
internal sealed partial class Projection(IDatabase database, Locality locality, TimeProvider clock, ILogger logger)
{
    // A rebuild's transactions are short, because the writes of grains wait for them in SQLite.
    private const int RebuildBatch = 500;

    // On what the tables depend besides the events. Tables of another basis are made anew.
    private readonly string _basis = string.Create(CultureInfo.InvariantCulture, $"search {SearchText.Version}, {locality.Version}");

    private volatile bool _hasBasis;

    private static readonly Sql EventColumns = Sql.Text("e.stream, e.seq, e.at, e.type, e.reference, e.data");

    // The stream with which the last batch of a topic ended. The next batch starts after it, so that a busy stream does not keep the
    // others waiting.
    private readonly ConcurrentDictionary<string, string> _ends = new(StringComparer.Ordinal);

    /// <summary>Projects the next events of a topic; during a rebuild, the next events of all.</summary>
    /// <returns>The number of events; 0 while another process projects.</returns>
    public Task<int> ProjectAsync(string topic, int limit) => ProjectAsync(topic, limit, wait: false);

    /// <summary>Empties the tables and fills them again. If the process ends, <see cref="ProjectAsync(string, int)"/> of the next one continues.</summary>
    /// <returns>The number of events from which they were made.</returns>
    public async Task<long> RebuildAsync(string topic)
    {
        CheckTopic(topic);
        await database.ChangeAsync(async session =>
        {
            await TakeTurnAsync(session, topic, wait: true);
            await BeginRebuildAsync(session, topic);
            return true;
        });
        while (await database.ReadAsync(session => RebuildAsync(session, topic)) is not null)
        {
            await ProjectAsync(topic, RebuildBatch, wait: true);
        }

        return await database.ReadAsync(session => session.FirstAsync(
            $"select carried from rebuilds where topic = {topic}", static row => row.Long(0), otherwise: 0));
    }

    /// <summary>How many events of a topic wait, and for how long the first of them has waited.</summary>
    public async Task<(long Events, double Seconds)> LagAsync(DbSession session, string topic)
    {
        var waiting = await session.FirstAsync(
            $"select count(*), min(at) from outbox where topic = {topic}", static row => (Events: row.Long(0), Since: row.MomentOrNull(1)), otherwise: default);
        var rebuild = await session.FirstAsync(
            $"""
            select (select count(*) from events where (stream, seq) > (r.stream, r.seq)), started_at
            from rebuilds r where topic = {topic} and done = false
            """,
            static row => (Events: row.Long(0), Since: (DateTimeOffset?)row.Moment(1)),
            otherwise: default);
        var oldest = waiting.Since < rebuild.Since || rebuild.Since is null ? waiting.Since : rebuild.Since;
        return (Math.Max(waiting.Events, rebuild.Events), oldest is { } at ? Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds) : 0);
    }

    private static void CheckTopic(string topic)
    {
        if (!string.Equals(topic, Projections.Reporting, StringComparison.Ordinal))
        {
            throw new ArgumentException($"There is no read model of topic \"{topic}\".", nameof(topic));
        }
    }

    private async Task BeginRebuildAsync(DbSession session, string topic)
    {
        await session.ExecuteAsync(Effects.Clear(session.Dialect));
        await session.ExecuteAsync($"delete from marks where topic = {topic}");
        await session.ExecuteAsync(
            $"""
            insert into rebuilds (topic, started_at, stream, seq, carried, done, basis) values ({topic}, {clock.GetUtcNow()}, '', 0, 0, false, {_basis})
            on conflict (topic) do update set started_at = excluded.started_at, stream = '', seq = 0, carried = 0, done = false, basis = excluded.basis
            """);
    }

    // The process that started last decides on what the tables are based. During a rolling change, the others leave them to it.
    private async Task TakeBasisAsync(string topic)
    {
        if (_hasBasis)
        {
            return;
        }

        await database.ChangeAsync(async session =>
        {
            await TakeTurnAsync(session, topic, wait: true);
            var basis = await session.FirstAsync($"select basis from rebuilds where topic = {topic}", static row => row.TextOrNull(0), otherwise: null);
            if (string.Equals(basis, _basis, StringComparison.Ordinal))
            {
                return false;
            }

            if (await session.FirstAsync($"select true from marks where topic = {topic} limit 1", static row => row.Bool(0), otherwise: false))
            {
                LogOtherBasis(basis, _basis);
                await BeginRebuildAsync(session, topic);
                return true;
            }

            // Nothing is projected yet.
            await session.ExecuteAsync(
                $"""
                insert into rebuilds (topic, started_at, stream, seq, carried, done, basis) values ({topic}, {clock.GetUtcNow()}, '', 0, 0, true, {_basis})
                on conflict (topic) do update set basis = excluded.basis
                """);
            return true;
        });
        _hasBasis = true;
    }

    private static async Task<bool> TakeTurnAsync(DbSession session, string topic, bool wait) =>
        session.Dialect.TakeTurn(topic, wait) is not { } turn || await session.FirstAsync(turn, static row => row.Bool(0), otherwise: false);

    // Where a rebuild has come to; null where none is under way.
    private static Task<Position?> RebuildAsync(DbSession session, string topic) => session.FirstAsync(
        $"select stream, seq from rebuilds where topic = {topic} and done = false",
        static row => new Position(row.Text(0), row.Long(1)),
        otherwise: null);

    private async Task<int> ProjectAsync(string topic, int limit, bool wait)
    {
        CheckTopic(topic);
        await TakeBasisAsync(topic);
        return await database.ChangeAsync(
            async session => await TakeTurnAsync(session, topic, wait) && await IsOurBasisAsync(session, topic) ? await ReadAsync(session, topic, limit) : new Batch(Rebuild: null, [], IsLast: true),
            async (session, batch) => batch.Rebuild is { } from
                ? await RebuildAsync(session, topic, from, batch)
                : batch.Events.IsEmpty ? 0 : await DeliverAsync(session, topic, batch.Events));
    }

    private Task<bool> IsOurBasisAsync(DbSession session, string topic) => session.FirstAsync(
        $"select true from rebuilds where topic = {topic} and basis = {_basis}", static row => row.Bool(0), otherwise: false);

    private async Task<Batch> ReadAsync(DbSession session, string topic, int limit)
    {
        if (await RebuildAsync(session, topic) is { } from)
        {
            var events = await session.SelectAsync(
                $"select {EventColumns} from events e where (e.stream, e.seq) > ({from.Stream}, {from.Sequence}) order by e.stream, e.seq limit {limit}", Read);
            return new(from, events, IsLast: events.Length < limit);
        }

        // From after that stream to the end of the outbox, and on from its start.
        var end = _ends.GetValueOrDefault(topic, string.Empty);
        var waiting = await WaitingAsync(session, topic, Sql.Of($"o.stream > {end}"), limit);
        return new(
            Rebuild: null,
            waiting.Length == limit ? waiting : waiting.AddRange(await WaitingAsync(session, topic, Sql.Of($"o.stream <= {end}"), limit - waiting.Length)),
            IsLast: false);
    }

    private async Task<int> DeliverAsync(DbSession session, string topic, ImmutableArray<(EventRow Row, IEvent? Event)> events)
    {
        // A rebuild that has started since then has emptied the tables, and projects these events too.
        if (await RebuildAsync(session, topic) is not null)
        {
            return 0;
        }

        await ApplyAsync(session, topic, events);
        var delivered = session.Dialect.Rows(events.Select(static e => new { e.Row.Stream, Seq = e.Row.Sequence }), "stream text, seq bigint");
        await session.ExecuteAsync($"delete from outbox where topic = {topic} and (stream, seq) in (select r.stream, r.seq from {delivered})");
        _ends[topic] = events[^1].Row.Stream;
        return events.Length;
    }

    private async Task<int> RebuildAsync(DbSession session, string topic, Position from, Batch batch)
    {
        // Another projection may have applied this batch already.
        var to = batch.Events.IsEmpty ? from : new(batch.Events[^1].Row.Stream, batch.Events[^1].Row.Sequence);
        var applied = batch.Events.Count(static e => e.Event is not null);
        var moved = await session.ExecuteAsync(
            $"""
            update rebuilds set stream = {to.Stream}, seq = {to.Sequence}, carried = carried + {applied}, done = {batch.IsLast}
            where topic = {topic} and stream = {from.Stream} and seq = {from.Sequence} and done = false
            """);
        if (moved == 1)
        {
            await ApplyAsync(session, topic, batch.Events);
        }

        return batch.Events.Length;
    }

    private static Task<ImmutableArray<(EventRow Row, IEvent? Event)>> WaitingAsync(DbSession session, string topic, Sql condition, int limit) =>
        session.SelectAsync(
            $"""
            select {EventColumns} from outbox o join events e on e.stream = o.stream and e.seq = o.seq
            where o.topic = {topic} and {condition} order by o.stream, o.seq limit {limit}
            """,
            Read);

    private static (EventRow Row, IEvent? Event) Read(Row row)
    {
        var stored = EventTable.Event(row);
        return (stored, Effects.Read(stored));
    }

    private async Task ApplyAsync(DbSession session, string topic, ImmutableArray<(EventRow Row, IEvent? Event)> batch)
    {
        var understood = batch.Where(static e => e.Event is not null).ToArray();
        var streams = session.Dialect.Rows(understood.Select(static e => e.Row.Stream).Distinct(StringComparer.Ordinal).Select(static stream => new { Stream = stream }), "stream text");
        var marks = (await session.SelectAsync(
            $"select stream, seq from marks where topic = {topic} and stream in (select r.stream from {streams})",
            static row => (Stream: row.Text(0), Sequence: row.Long(1)))).ToDictionary(static m => m.Stream, static m => m.Sequence, StringComparer.Ordinal);
        var fresh = understood.Where(e => e.Row.Sequence > marks.GetValueOrDefault(e.Row.Stream)).Select(static e => (e.Row, e.Event!)).ToArray();
        if (fresh.Length == 0)
        {
            return;
        }

        var moved = session.Dialect.Rows(
            fresh.GroupBy(static e => e.Row.Stream, StringComparer.Ordinal).Select(static s => new { Stream = s.Key, Seq = s.Last().Row.Sequence }),
            "stream text, seq bigint");
        var skus = fresh.Select(static e => Effects.SkuOf(e.Row, e.Item2)).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var levels = await StockLevels.OfAsync(session, skus);
        await session.ExecuteAsync(
        [
            .. Effects.Of(session.Dialect, locality, fresh, levels),
            Sql.Of(
                $"""
                insert into marks (topic, stream, seq) select {topic}, r.stream, r.seq from {moved} where true
                on conflict (topic, stream) do update set seq = excluded.seq
                """),
        ]);
    }

    [LoggerMessage(3120, LogLevel.Information, "The read models are made anew: they are based on \"{Stored}\", and this process on \"{Own}\"")]
    private partial void LogOtherBasis(string? stored, string own);

    private sealed record Position(string Stream, long Sequence);

    private sealed record Batch(Position? Rebuild, ImmutableArray<(EventRow Row, IEvent? Event)> Events, bool IsLast);
}
