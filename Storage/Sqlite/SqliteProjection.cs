using System.Collections.Concurrent;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Sqlite;

/// <summary>Carries events into the read models: an event's effect, its stream's mark and its row in the outbox in one transaction.</summary>
/// <remarks>
/// Events are read and understood on the caller's thread; the writer only writes. A mark per stream, and not one for all, since
/// each stream has its own numbers; whatever is at or below its mark has had its effect and is only taken off the outbox.
/// </remarks>
internal sealed class SqliteProjection(SqliteDatabase database, TimeProvider clock)
{
    // The stream with which the last batch of a topic ended: the next begins behind it, so that no busy stream keeps the others
    // waiting for ever. What is left of that stream comes with the next round.
    private readonly ConcurrentDictionary<string, string> _ends = new(StringComparer.Ordinal);

    /// <summary>Carries the next events of a topic; while its read model is being made anew, the next events of all.</summary>
    public async Task<int> CarryAsync(string topic, int limit)
    {
        Projecting.Check(topic);
        return await CarryRebuildAsync(topic, limit) ?? await CarryOutboxAsync(topic, limit);
    }

    /// <summary>Empties the tables and makes them again. Goes on where a process that did so was stopped, by <see cref="CarryAsync"/>.</summary>
    public async Task<long> RebuildAsync(string topic, int limit)
    {
        Projecting.Check(topic);
        var now = clock.GetUtcNow();
        await database.Writer.RunAsync(connection =>
        {
            ReportingTables.Clear(connection);
            connection.Execute("delete from marks where topic = ?1", topic);
            return connection.Execute(
                "insert or replace into rebuilds (topic, started_at, stream, seq, carried, done) values (?1, ?2, '', 0, 0, 0)", topic, now);
        });
        while (await CarryRebuildAsync(topic, limit) is not null)
        {
        }

        return database.Readers.Read(connection => connection.First(
            "select carried from rebuilds where topic = ?1", static row => row.Integer(0), otherwise: 0, topic));
    }

    /// <summary>How many events of a topic wait, and for how long the first of them has.</summary>
    public (long Events, double Seconds) LagOf(SqliteConnection connection, string topic)
    {
        var waiting = connection.First(
            "select count(*), min(at) from outbox where topic = ?1",
            static row => (row.Integer(0), row.IsNull(1) ? (DateTimeOffset?)null : row.Moment(1)),
            otherwise: default,
            topic);
        var remaining = connection.First(
            "select (select count(*) from events where (stream, seq) > (r.stream, r.seq)), started_at from rebuilds r where topic = ?1 and done = 0",
            static row => (row.Integer(0), (DateTimeOffset?)row.Moment(1)),
            otherwise: default,
            topic);
        return Projecting.Lag(waiting, remaining, clock.GetUtcNow());
    }

    private async Task<int> CarryOutboxAsync(string topic, int limit)
    {
        var batch = await ReadOutboxAsync(topic, _ends.GetValueOrDefault(topic, string.Empty), limit);
        if (batch.IsEmpty)
        {
            return 0;
        }

        var carried = await database.Writer.RunAsync(connection =>
        {
            // A making anew that began since has emptied the tables: it will come by these events itself.
            if (IsRebuilding(connection, topic))
            {
                return 0;
            }

            Apply(connection, topic, batch);
            foreach (var (row, _) in batch)
            {
                connection.Execute("delete from outbox where topic = ?1 and stream = ?2 and seq = ?3", topic, row.Stream, row.Sequence);
            }

            return batch.Length;
        });
        _ends[topic] = batch[^1].Row.Stream;
        return carried;
    }

    // Null where no making anew is under way.
    private async Task<int?> CarryRebuildAsync(string topic, int limit)
    {
        var position = database.Readers.Read(connection => connection.First(
            "select stream, seq from rebuilds where topic = ?1 and done = 0",
            static row => ((string Stream, long Sequence)?)(row.Text(0), row.Integer(1)),
            otherwise: null,
            topic));
        if (position is not { } from)
        {
            return null;
        }

        var batch = await database.Readers.QueryAsync(connection => connection.Select(
            "select stream, seq, at, type, reference, data from events where (stream, seq) > (?1, ?2) order by stream, seq limit ?3",
            Understood,
            from.Stream,
            from.Sequence,
            limit));
        var isLast = batch.Length < limit;
        var to = isLast && batch.IsEmpty ? from : (batch[^1].Row.Stream, batch[^1].Row.Sequence);
        return await database.Writer.RunAsync(connection =>
        {
            // Only from where this batch begins: another caller may have carried it already.
            var moved = connection.Execute(
                "update rebuilds set stream = ?4, seq = ?5, carried = carried + ?6, done = ?7 where topic = ?1 and stream = ?2 and seq = ?3 and done = 0",
                topic, from.Stream, from.Sequence, to.Item1, to.Item2, batch.Count(static e => e.Fact is not null), isLast ? 1 : 0);
            if (moved == 1)
            {
                Apply(connection, topic, batch);
            }

            return batch.Length;
        });
    }

    // From behind a stream to the end of the outbox, and on from its begin: fewer than the limit are all there are.
    private Task<ImmutableArray<(EventRow Row, Fact? Fact)>> ReadOutboxAsync(string topic, string after, int limit) =>
        database.Readers.QueryAsync(connection =>
        {
            var behind = Waiting(connection, "o.stream > ?2", topic, after, limit);
            return behind.Length == limit
                ? behind
                : behind.AddRange(Waiting(connection, "o.stream <= ?2", topic, after, limit - behind.Length));
        });

    private static ImmutableArray<(EventRow Row, Fact? Fact)> Waiting(
        SqliteConnection connection, string condition, string topic, string stream, int limit) => connection.Select(
        "select o.stream, o.seq, e.at, e.type, e.reference, e.data from outbox o join events e on e.stream = o.stream and e.seq = o.seq "
        + $"where o.topic = ?1 and {condition} order by o.stream, o.seq limit ?3",
        Understood,
        topic,
        stream,
        limit);

    private static (EventRow Row, Fact? Fact) Understood(Statement row)
    {
        var happened = SqliteEventTable.Row(row);
        return (happened, FactReader.Read(happened));
    }

    private static bool IsRebuilding(SqliteConnection connection, string topic) =>
        connection.First("select 1 from rebuilds where topic = ?1 and done = 0", static _ => true, otherwise: false, topic);

    // The events come by stream, so a stream's mark is read at its first event and written after its last.
    private static void Apply(SqliteConnection connection, string topic, ImmutableArray<(EventRow Row, Fact? Fact)> batch)
    {
        foreach (var stream in batch.Where(static e => e.Fact is not null).GroupBy(static e => e.Row.Stream, StringComparer.Ordinal))
        {
            var before = connection.First(
                "select seq from marks where topic = ?1 and stream = ?2", static row => row.Integer(0), otherwise: 0, topic, stream.Key);
            var mark = before;
            foreach (var (row, fact) in stream)
            {
                if (row.Sequence > mark)
                {
                    ReportingTables.Apply(connection, row, fact!);
                    mark = row.Sequence;
                }
            }

            if (mark > before)
            {
                connection.Execute("insert or replace into marks (topic, stream, seq) values (?1, ?2, ?3)", topic, stream.Key, mark);
            }
        }
    }
}
