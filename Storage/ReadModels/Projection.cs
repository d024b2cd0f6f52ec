using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ActorShop.Storage.ReadModels;

/// <summary>Projects events into the read models: batches leave the outbox in the transaction that has the effect of their events.</summary>
/// <remarks>
/// A batch is what one transaction of writes put into the outbox. Batches are taken in the order of their ids. An event of a stream is written after
/// the one before it is committed, so its batch has the greater id. The projection that deletes a batch applies it: batches may be read outside of
/// the transaction, and by two projections at once.
/// </remarks>
internal sealed partial class Projection(IDatabase database, Locality locality, TimeProvider clock, ILogger logger)
{
    // A rebuild's transactions are short, because the writes of grains wait for them in SQLite.
    private const int RebuildBatch = 500;

    // On what the tables depend besides the events. Tables of another basis are made anew.
    private readonly string _basis = string.Create(CultureInfo.InvariantCulture, $"search {SearchText.Version}, {locality.Version}");

    private volatile bool _hasBasis;

    private static readonly Sql EventColumns = Sql.Text("e.stream, e.seq, e.at, e.type, e.reference, e.data");

    /// <summary>Projects the next batches of a topic; during a rebuild, the next events of all.</summary>
    /// <param name="limit">Events after which no further batch is taken.</param>
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
        while (await database.ReadAsync(session => session.FirstAsync(
            $"select true from rebuilds where topic = {topic} and done = false", static row => row.Bool(0), otherwise: false)))
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
            $"select coalesce(sum(events), 0), min(at) from outbox_batches where topic = {topic}",
            static row => (Events: row.Long(0), Since: row.MomentOrNull(1)),
            otherwise: default);
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

    // The rebuild contains the events that wait now. What is written from now on waits for its end.
    private async Task BeginRebuildAsync(DbSession session, string topic)
    {
        await session.ExecuteAsync(Effects.Clear(session.Dialect));
        await session.ExecuteAsync($"delete from outbox_batches where topic = {topic}");
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
            var (isProjected, basis) = await session.FirstAsync(
                $"select basis from rebuilds where topic = {topic}", static row => (IsProjected: true, Basis: row.TextOrNull(0)), otherwise: default);
            if (!isProjected)
            {
                await session.ExecuteAsync(
                    $"insert into rebuilds (topic, started_at, stream, seq, carried, done, basis) values ({topic}, {clock.GetUtcNow()}, '', 0, 0, true, {_basis})");
            }
            else if (!string.Equals(basis, _basis, StringComparison.Ordinal))
            {
                LogOtherBasis(basis, _basis);
                await BeginRebuildAsync(session, topic);
            }

            return true;
        });
        _hasBasis = true;
    }

    private static async Task<bool> TakeTurnAsync(DbSession session, string topic, bool wait) =>
        session.Dialect.TakeTurn(topic, wait) is not { } turn || await session.FirstAsync(turn, static row => row.Bool(0), otherwise: false);

    private async Task<int> ProjectAsync(string topic, int limit, bool wait)
    {
        CheckTopic(topic);
        await TakeBasisAsync(topic);
        if (!await database.ReadAsync(session => IsWorkWaitingAsync(session, topic)))
        {
            return 0;
        }

        return await database.ChangeAsync(
            async session => await TakeTurnAsync(session, topic, wait) ? await ReadAsync(session, topic, limit) : new Batches(Rebuild: null, [], IsLast: true),
            async (session, batches) => batches switch
            {
                { Rebuild: { } rebuild } => await RebuildAsync(session, topic, rebuild, batches),
                { Events.IsEmpty: true } => 0,
                _ => await DeliverAsync(session, topic, batches.Events),
            });
    }

    private static Task<bool> IsWorkWaitingAsync(DbSession session, string topic) => session.FirstAsync(
        $"""
        select exists (select 1 from outbox_batches where topic = {topic}) or exists (select 1 from rebuilds where topic = {topic} and done = false)
        """,
        static row => row.Bool(0),
        otherwise: false);

    private async Task<Batches> ReadAsync(DbSession session, string topic, int limit)
    {
        var state = await session.FirstAsync(
            $"select started_at, stream, seq, done from rebuilds where topic = {topic} and basis = {_basis}",
            static row => (Rebuild: new Rebuild(row.Moment(0), row.Text(1), row.Long(2)), IsDone: (bool?)row.Bool(3)),
            otherwise: default);
        return state.IsDone switch
        {
            true => new(
                Rebuild: null,
                await session.SelectAsync(
                    $"""
                    select {EventColumns}, o.batch from outbox o join events e on e.stream = o.stream and e.seq = o.seq
                    where o.topic = {topic} and o.batch <= (
                        select max(id) from (
                            select id, sum(events) over (order by id) - events as events_before from outbox_batches
                            where topic = {topic} order by id limit {limit}) as next
                        where events_before < {limit})
                    order by o.batch, o.stream, o.seq
                    """,
                    static row => Read(row, row.Long(6))),
                IsLast: false),
            false => await ReadAllAsync(session, topic, state.Rebuild, limit),
            null => new(Rebuild: null, [], IsLast: true),
        };
    }

    // Events that wait are delivered after the rebuild.
    private static async Task<Batches> ReadAllAsync(DbSession session, string topic, Rebuild from, int limit)
    {
        var events = await session.SelectAsync(
            $"""
            select {EventColumns} from events e
            where (e.stream, e.seq) > ({from.Stream}, {from.Sequence})
                and (e.stream, e.seq) not in (select o.stream, o.seq from outbox o where o.topic = {topic})
            order by e.stream, e.seq limit {limit}
            """,
            static row => Read(row, batch: 0));
        return new(from, events, IsLast: events.Length < limit);
    }

    private async Task<int> DeliverAsync(DbSession session, string topic, ImmutableArray<Waiting> events)
    {
        // Another projection may have applied some of them, and a rebuild that has begun since contains all of them.
        var deleted = await session.SelectAsync(
            $"""
            delete from outbox_batches where topic = {topic} and {session.Dialect.In("id", events.Select(static e => e.Batch).Distinct())}
                and exists (select 1 from rebuilds where topic = {topic} and basis = {_basis} and done = true)
            returning id
            """,
            static row => row.Long(0));
        var ids = deleted.ToHashSet();
        var ours = events.RemoveAll(e => !ids.Contains(e.Batch));
        await ApplyAsync(session, ours);
        return ours.Length;
    }

    private async Task<int> RebuildAsync(DbSession session, string topic, Rebuild from, Batches batches)
    {
        // Another projection may have applied these events, or begun another rebuild.
        var (stream, sequence) = batches.Events.IsEmpty ? (from.Stream, from.Sequence) : (batches.Events[^1].Row.Stream, batches.Events[^1].Row.Sequence);
        var applied = batches.Events.Count(static e => e.Event is not null);
        var moved = await session.ExecuteAsync(
            $"""
            update rebuilds set stream = {stream}, seq = {sequence}, carried = carried + {applied}, done = {batches.IsLast}
            where topic = {topic} and started_at = {from.StartedAt} and stream = {from.Stream} and seq = {from.Sequence} and done = false
            """);
        if (moved == 1)
        {
            await ApplyAsync(session, batches.Events);
        }

        return batches.Events.Length;
    }

    private async Task ApplyAsync(DbSession session, ImmutableArray<Waiting> events)
    {
        var understood = events.Where(static e => e.Event is not null).Select(static e => (e.Row, e.Event!)).ToArray();
        if (understood.Length == 0)
        {
            return;
        }

        var levels = await StockLevels.OfAsync(session, understood.Select(static e => Effects.SkuOf(e.Row, e.Item2)).OfType<string>().ToHashSet(StringComparer.Ordinal));
        await session.ExecuteAsync(Effects.Of(session.Dialect, locality, understood, levels));
    }

    private static Waiting Read(Row row, long batch)
    {
        var stored = EventTable.Event(row);
        return new(stored, Effects.Read(stored), batch);
    }

    [LoggerMessage(3120, LogLevel.Information, "The read models are made anew: they are based on \"{Stored}\", and this process on \"{Own}\"")]
    private partial void LogOtherBasis(string? stored, string own);

    /// <summary>How far a rebuild is: the last event that it contains. Its start tells it apart from others.</summary>
    private sealed record Rebuild(DateTimeOffset StartedAt, string Stream, long Sequence);

    /// <param name="Event">Null if it changes no read model.</param>
    /// <param name="Batch">The id of its batch; 0 in a rebuild.</param>
    private readonly record struct Waiting(EventRow Row, IEvent? Event, long Batch);

    private sealed record Batches(Rebuild? Rebuild, ImmutableArray<Waiting> Events, bool IsLast);
}
