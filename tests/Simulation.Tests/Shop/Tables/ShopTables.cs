using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace ActorShop.Simulation.Shop;

/// <summary>What is durable: heads, events, outbox, account book, index of due work, read models. One transaction at a time.</summary>
/// <remarks>
/// It outlives every machine. It refuses what a database would refuse (a version that is not the stored one, an event whose
/// number is taken) and nothing else: what no shop may write is for the checkers to see, who are told of every commit.
/// </remarks>
internal sealed partial class ShopTables
{
    private readonly Dictionary<(string State, string Key), HeadRow> _heads = [];
    private readonly Dictionary<string, List<EventRow>> _events = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset At, string State, string Key)> _due = new(DueOrder.Instance);
    private readonly Dictionary<(string State, string Key), DateTimeOffset> _leases = [];
    private readonly List<(string Stream, Posting Posting)> _postings = [];

    /// <summary>Told of every committed write, within its transaction.</summary>
    public Action<CommittedWrite>? Committed { get; set; }

    /// <summary>All heads, in the order in which they were first written.</summary>
    public IEnumerable<KeyValuePair<(string State, string Key), HeadRow>> Heads => _heads;

    /// <summary>The account book.</summary>
    public IReadOnlyList<(string Stream, Posting Posting)> Postings => _postings;

    /// <summary>How many writes were committed.</summary>
    public int Writes { get; private set; }

    /// <summary>How many writes were refused because of their version.</summary>
    public int Conflicts { get; private set; }

    public HeadRow? Read(string state, string key) => _heads.GetValueOrDefault((state, key));

    /// <summary>The one write.</summary>
    public long Write(PendingWrite write)
    {
        var id = (write.State, write.Key);
        var before = _heads.GetValueOrDefault(id);
        if (before?.Version != write.ExpectedVersion)
        {
            Conflicts++;
            throw new InconsistentStateException(
                $"{write.State} {write.Key} was written by somebody else.", Text(before?.Version), Text(write.ExpectedVersion));
        }

        var stream = Stream(write.Key);
        if (write.Events.Length > 0 && stream.Count > 0 && write.Events[0].Sequence <= stream[^1].Sequence)
        {
            throw new IOException($"Unique constraint: {write.Key} has an event {write.Events[0].Sequence} already.");
        }

        var row = new HeadRow((before?.Version ?? 0) + 1, write.Head, write.Sequence, write.Due, write.Label);
        stream.AddRange(write.Events);
        _heads[id] = row;
        Move(id, before?.Due, write.Due);
        foreach (var posting in write.Postings)
        {
            _postings.Add((write.Key, posting));
        }

        foreach (var delivery in write.Outbox)
        {
            _outbox.Enqueue((delivery.Topic, write.Key, delivery.Sequence));
        }

        Writes++;
        Committed?.Invoke(new(write.Machine, write.State, write.Key, row, write.Events, write.Postings));
        return row.Version;
    }

    public ImmutableArray<EventRow> ReadEvents(string stream, long after, int limit) =>
        [.. Stream(stream).Where(row => row.Sequence > after).Take(limit)];

    public ImmutableArray<EventRow> FindEvents(string stream, string reference) =>
        [.. Stream(stream).Where(row => string.Equals(row.Reference, reference, StringComparison.Ordinal))];

    /// <summary>The streams whose key has a prefix, in the order in which they began.</summary>
    public IEnumerable<(string Stream, IReadOnlyList<EventRow> Events)> Streams(string prefix) => _events
        .Where(stream => stream.Key.StartsWith(prefix, StringComparison.Ordinal) && stream.Value.Count > 0)
        .Select(static stream => (stream.Key, (IReadOnlyList<EventRow>)stream.Value));

    public ImmutableArray<DueRow> TakeDue(DateTimeOffset now, TimeSpan lease, int limit)
    {
        ImmutableArray<DueRow> taken =
        [
            .. AllDue.TakeWhile(row => row.At <= now)
                .Where(row => _leases.GetValueOrDefault((row.StateName, row.Key)) <= now)
                .Take(limit),
        ];
        foreach (var row in taken)
        {
            _leases[(row.StateName, row.Key)] = now + lease;
        }

        return taken;
    }

    /// <summary>All that wants to be woken.</summary>
    public IEnumerable<DueRow> AllDue => _due.Select(static row => new DueRow(row.State, row.Key, row.At));

    private List<EventRow> Stream(string key)
    {
        if (!_events.TryGetValue(key, out var stream))
        {
            _events[key] = stream = [];
        }

        return stream;
    }

    private void Move((string State, string Key) id, DateTimeOffset? before, DateTimeOffset? after)
    {
        if (before is { } old)
        {
            _due.Remove((old, id.State, id.Key));
        }

        if (after is { } at)
        {
            _due.Add((at, id.State, id.Key));
        }
    }

    private static string Text(long? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private sealed class DueOrder : IComparer<(DateTimeOffset At, string State, string Key)>
    {
        public static DueOrder Instance { get; } = new();

        public int Compare((DateTimeOffset At, string State, string Key) x, (DateTimeOffset At, string State, string Key) y) =>
            x.At.CompareTo(y.At) is var byTime and not 0 ? byTime
            : string.CompareOrdinal(x.State, y.State) is var byState and not 0 ? byState
            : string.CompareOrdinal(x.Key, y.Key);
    }
}

/// <summary>A grain's row.</summary>
internal sealed record HeadRow(long Version, byte[] Head, long Sequence, DateTimeOffset? Due, string? Label);

/// <summary>A write on its way.</summary>
internal sealed record PendingWrite(
    int Machine, string State, string Key, long? ExpectedVersion, byte[] Head, long Sequence, ImmutableArray<EventRow> Events,
    ImmutableArray<Delivery> Outbox, ImmutableArray<Posting> Postings, DateTimeOffset? Due, string? Label);

/// <summary>A write that was committed.</summary>
internal sealed record CommittedWrite(
    int Machine, string State, string Key, HeadRow Row, ImmutableArray<EventRow> Events, ImmutableArray<Posting> Postings)
{
    private object? _parsed;

    /// <summary>Its events, where it is of a kind of grain; none otherwise.</summary>
    public IReadOnlyList<TEvent> Of<TEvent>(string state)
        where TEvent : class
    {
        if (!string.Equals(State, state, StringComparison.Ordinal))
        {
            return [];
        }

        // Read once for all checkers.
        _parsed ??= Events.Select(static row => JsonSerializer.Deserialize<TEvent>(row.Data, ShopJson.Options)!).ToArray();
        return (TEvent[])_parsed;
    }
}
