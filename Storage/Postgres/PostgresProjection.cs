using System.Collections.Concurrent;
using ActorShop.Storage.Reporting;
using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>Carries events into the read models: an event's effect, its stream's mark and its row in the outbox in one transaction.</summary>
/// <remarks>
/// A mark per stream, and not one for all, since each stream has its own numbers; whatever is at or below its mark has had its effect
/// and is only taken off the outbox. Silos that project at once take turns by a lock of the database, which ends with their transaction.
/// </remarks>
internal sealed class PostgresProjection(PostgresDatabase database, TimeProvider clock)
{
    // The first half of the lock's name: nothing else here takes locks of this kind.
    private const int LockClass = 0x50726f6a;

    // The stream with which the last batch of a topic ended: the next begins behind it, so that no busy stream keeps the others
    // waiting for ever. What is left of that stream comes with the next round.
    private readonly ConcurrentDictionary<string, string> _ends = new(StringComparer.Ordinal);

    /// <summary>Carries the next events of a topic; while its read model is being made anew, the next events of all.</summary>
    /// <returns>How many were carried; 0 when another silo is carrying.</returns>
    public Task<int> CarryAsync(string topic, int limit)
    {
        Projecting.Check(topic);
        return database.ChangeAsync(async question => await question.FirstAsync(
            $"select pg_try_advisory_xact_lock({LockClass}, hashtext($1))", static row => row.GetBoolean(0), otherwise: false, topic)
            ? await CarryRebuildAsync(question, topic, limit) ?? await CarryOutboxAsync(question, topic, limit)
            : 0);
    }

    /// <summary>Empties the tables and makes them again. Goes on where a process that did so was stopped, by <see cref="CarryAsync"/>.</summary>
    public async Task<long> RebuildAsync(string topic, int limit)
    {
        Projecting.Check(topic);
        var now = clock.GetUtcNow();
        await ChangeAsync(topic, async question =>
        {
            await question.ExecuteAsync(PostgresReporting.Clear);
            await question.ExecuteAsync("delete from marks where topic = $1", topic);
            return await question.ExecuteAsync(
                "insert into rebuilds (topic, started_at, stream, seq, carried, done) values ($1, $2, '', 0, 0, false) "
                + "on conflict (topic) do update set started_at = excluded.started_at, stream = '', seq = 0, carried = 0, done = false",
                topic,
                now);
        });
        while (await ChangeAsync(topic, question => CarryRebuildAsync(question, topic, limit)) is not null)
        {
        }

        return (await database.SelectAsync("select carried from rebuilds where topic = $1", static row => row.GetInt64(0), topic)).Single();
    }

    /// <summary>How many events of a topic wait, and for how long the first of them has.</summary>
    public async Task<(long Events, double Seconds)> LagOfAsync(PostgresQuestion question, string topic)
    {
        var waiting = await question.FirstAsync(
            "select count(*), min(at) from outbox where topic = $1",
            static row => (row.GetInt64(0), row.MomentOrNull(1)),
            otherwise: default,
            topic);
        var remaining = await question.FirstAsync(
            "select (select count(*) from events where (stream, seq) > (r.stream, r.seq)), started_at from rebuilds r where topic = $1 and not done",
            static row => (row.GetInt64(0), (DateTimeOffset?)row.Moment(1)),
            otherwise: default,
            topic);
        return Projecting.Lag(waiting, remaining, clock.GetUtcNow());
    }

    // What comes after the lock sees what its last holder committed: each statement of such a transaction looks anew.
    private Task<T> ChangeAsync<T>(string topic, Func<PostgresQuestion, Task<T>> change) => database.ChangeAsync(async question =>
    {
        await question.ExecuteAsync($"select pg_advisory_xact_lock({LockClass}, hashtext($1))", topic);
        return await change(question);
    });

    private async Task<int> CarryOutboxAsync(PostgresQuestion question, string topic, int limit)
    {
        // From behind a stream to the end of the outbox, and on from its begin: fewer than the limit are all there are.
        var end = _ends.GetValueOrDefault(topic, string.Empty);
        var batch = await WaitingAsync(question, "o.stream > $2", topic, end, limit);
        if (batch.Length < limit)
        {
            batch = batch.AddRange(await WaitingAsync(question, "o.stream <= $2", topic, end, limit - batch.Length));
        }

        if (batch.IsEmpty)
        {
            return 0;
        }

        await ApplyAsync(question, topic, batch);
        await question.ExecuteAsync(
            "delete from outbox o using unnest($2, $3) as d (stream, seq) where o.topic = $1 and o.stream = d.stream and o.seq = d.seq",
            topic,
            batch.Select(static e => e.Row.Stream).ToArray(),
            batch.Select(static e => e.Row.Sequence).ToArray());
        _ends[topic] = batch[^1].Row.Stream;
        return batch.Length;
    }

    // Null where no making anew is under way.
    private static async Task<int?> CarryRebuildAsync(PostgresQuestion question, string topic, int limit)
    {
        var position = await question.FirstAsync(
            "select stream, seq from rebuilds where topic = $1 and not done",
            static row => ((string Stream, long Sequence)?)(row.GetString(0), row.GetInt64(1)),
            otherwise: null,
            topic);
        if (position is not { } from)
        {
            return null;
        }

        var batch = await question.SelectAsync(
            "select stream, seq, at, type, reference, data from events where (stream, seq) > ($1, $2) order by stream, seq limit $3",
            static row => Understood(row),
            from.Stream,
            from.Sequence,
            limit);
        var isLast = batch.Length < limit;
        var to = batch.IsEmpty ? from : (batch[^1].Row.Stream, batch[^1].Row.Sequence);
        await question.ExecuteAsync(
            "update rebuilds set stream = $2, seq = $3, carried = carried + $4, done = $5 where topic = $1",
            topic,
            to.Item1,
            to.Item2,
            (long)batch.Count(static e => e.Fact is not null),
            isLast);
        await ApplyAsync(question, topic, batch);
        return batch.Length;
    }

    private static Task<ImmutableArray<(EventRow Row, Fact? Fact)>> WaitingAsync(
        PostgresQuestion question, string condition, string topic, string stream, int limit) => question.SelectAsync(
        "select o.stream, o.seq, e.at, e.type, e.reference, e.data from outbox o join events e on e.stream = o.stream and e.seq = o.seq "
        + $"where o.topic = $1 and {condition} order by o.stream, o.seq limit $3",
        static row => Understood(row),
        topic,
        stream,
        limit);

    private static (EventRow Row, Fact? Fact) Understood(NpgsqlDataReader row)
    {
        var happened = PostgresEventTable.Row(row);
        return (happened, FactReader.Read(happened));
    }

    // Effects and marks of a batch in one round trip, after one that reads the marks of its streams.
    private static async Task ApplyAsync(PostgresQuestion question, string topic, ImmutableArray<(EventRow Row, Fact? Fact)> batch)
    {
        var streams = batch.Where(static e => e.Fact is not null).GroupBy(static e => e.Row.Stream, StringComparer.Ordinal).ToArray();
        var before = (await question.SelectAsync(
            "select stream, seq from marks where topic = $1 and stream = any($2)",
            static row => (Stream: row.GetString(0), Sequence: row.GetInt64(1)),
            topic,
            streams.Select(static s => s.Key).ToArray())).ToDictionary(static m => m.Stream, static m => m.Sequence, StringComparer.Ordinal);
        var fresh = streams
            .SelectMany(stream => stream.Where(e => e.Row.Sequence > before.GetValueOrDefault(stream.Key)).Select(static e => (e.Row, e.Fact!)))
            .ToArray();
        if (fresh.Length == 0)
        {
            return;
        }

        var marks = fresh.GroupBy(static e => e.Row.Stream, StringComparer.Ordinal).ToArray();
        await question.ExecuteAsync(
        [
            .. PostgresReporting.CommandsOf(fresh),
            new(
                "insert into marks (topic, stream, seq) select $1, m.stream, m.seq from unnest($2, $3) as m (stream, seq) "
                + "on conflict (topic, stream) do update set seq = excluded.seq",
                topic,
                marks.Select(static stream => stream.Key).ToArray(),
                marks.Select(static stream => stream.Last().Row.Sequence).ToArray()),
        ]);
    }
}
