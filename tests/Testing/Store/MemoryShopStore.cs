using System.Globalization;
using Orleans.Storage;

namespace ActorShop.Testing;

/// <summary>The store of a shop in memory, as strict as the real ones: conditional writes, and head, events, outbox, postings and due time in one.</summary>
/// <remarks>
/// It keeps JSON, never objects, so that what a grain reads back is what a database would give it. It refuses what a database refuses, and what no grain
/// may write: a gap in a stream, postings that do not sum to zero. Grains reach it through a <see cref="MemoryStoreLink"/>. Thread-safe.
/// </remarks>
public sealed partial class MemoryShopStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string State, string Key), StoredRow> _rows = [];
    private readonly Dictionary<string, List<EventRow>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);
    private readonly SortedSet<DueRow> _due = new(DueOrder.Instance);
    private readonly Dictionary<(string State, string Key), DateTimeOffset> _leases = [];
    private readonly List<EventRow> _events = [];
    private readonly List<WrittenRow> _writes = [];
    private readonly List<(string State, string Key)> _reads = [];
    private readonly List<OutboxRow> _outbox = [];
    private readonly List<PostingRow> _postings = [];

    /// <summary>The states that activations have read, in order.</summary>
    public ImmutableArray<(string State, string Key)> Reads => Locked(() => _reads.ToImmutableArray());

    public ImmutableArray<WrittenRow> Writes => Locked(() => _writes.ToImmutableArray());

    public ImmutableArray<OutboxRow> Outbox => Locked(() => _outbox.ToImmutableArray());

    public ImmutableArray<PostingRow> Postings => Locked(() => _postings.ToImmutableArray());

    public ImmutableArray<EventRow> Events => Locked(() => _events.ToImmutableArray());

    public ImmutableArray<(string State, string Key, string? Label)> Labels =>
        Locked(() => _rows.Select(static row => (row.Key.State, row.Key.Key, row.Value.Label)).ToImmutableArray());

    /// <summary>How many writes were refused because of their version.</summary>
    public int Conflicts { get; private set; }

    /// <summary>The number of a stream's last change, recorded or not.</summary>
    public long SequenceOf(string stream) => Locked(() => _sequences.GetValueOrDefault(stream));

    public ImmutableArray<EventRow> EventsIn(string stream) => Locked(() => StreamOf(stream).ToImmutableArray());

    public DateTimeOffset? DueOf(string stateName, string key) => Locked(() => _rows.GetValueOrDefault((stateName, key))?.Due);

    /// <summary>All grains that want to be resumed, by time.</summary>
    public ImmutableArray<DueRow> AllDue() => Locked(() => _due.ToImmutableArray());

    public StoredRow? Read(string stateName, string key) => Locked(() => _rows.GetValueOrDefault((stateName, key)));

    internal StoredRow? ReadCounted(string stateName, string key) => Locked(() =>
    {
        _reads.Add((stateName, key));
        return _rows.GetValueOrDefault((stateName, key));
    });

    /// <summary>How often events were looked for by their reference.</summary>
    public int Lookups { get; private set; }

    public ImmutableArray<EventRow> Find(string stream, string reference) => Locked<ImmutableArray<EventRow>>(() =>
    {
        Lookups++;
        return [.. StreamOf(stream).Where(row => string.Equals(row.Reference, reference, StringComparison.Ordinal))];
    });

    public ImmutableArray<DueRow> TakeDue(DateTimeOffset now, TimeSpan lease, int limit) => Locked<ImmutableArray<DueRow>>(() =>
    {
        DueRow[] taken =
            [.. _due.TakeWhile(row => row.At <= now).Where(row => _leases.GetValueOrDefault((row.StateName, row.Key)) <= now).Take(limit)];
        foreach (var row in taken)
        {
            _leases[(row.StateName, row.Key)] = now + lease;
        }

        return [.. taken];
    });

    /// <summary>Takes the oldest messages out of the outbox, as a projection does.</summary>
    public ImmutableArray<OutboxRow> TakeFromOutbox(int limit) => Locked<ImmutableArray<OutboxRow>>(() =>
    {
        var count = Math.Min(limit, _outbox.Count);
        ImmutableArray<OutboxRow> taken = [.. _outbox.Take(count)];
        _outbox.RemoveRange(0, count);
        return taken;
    });

    /// <summary>The one write.</summary>
    /// <returns>The new version of the row.</returns>
    /// <exception cref="InconsistentStateException">The version is not the stored one.</exception>
    /// <exception cref="IOException">An event has a number that is taken.</exception>
    public long Write(PendingWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Locked(() => Commit(write));
    }

    private long Commit(PendingWrite write)
    {
        var id = (write.State, write.Key);
        var before = _rows.GetValueOrDefault(id);
        if (before?.Version != write.ExpectedVersion)
        {
            Conflicts++;
            throw new InconsistentStateException($"{write.State} {write.Key} has another version.", Text(before?.Version), Text(write.ExpectedVersion));
        }

        var stream = StreamOf(write.Key);
        if (write.Events is [var first, ..] && first.Sequence <= (stream.LastOrDefault()?.Sequence ?? 0))
        {
            throw new IOException($"Unique constraint: {write.Key} has an event {first.Sequence} already.");
        }

        Check(write, before?.Sequence ?? 0);
        var row = new StoredRow((before?.Version ?? 0) + 1, write.Head, write.Sequence, write.Due, write.Label);
        _rows[id] = row;
        _sequences[write.Key] = write.Sequence;
        _streams[write.Key] = stream;
        stream.AddRange(write.Events);
        _events.AddRange(write.Events);
        _outbox.AddRange(write.Outbox.Select(delivery => new OutboxRow(write.Key, delivery.Sequence, delivery.Topic)));
        _postings.AddRange(write.Postings.Select(posting => new PostingRow(write.Key, posting)));
        _writes.Add(new(write.State, write.Key, write.Events.Length));
        if (before?.Due is { } old)
        {
            _due.Remove(new(write.State, write.Key, old));
        }

        if (write.Due is { } at)
        {
            _due.Add(new(write.State, write.Key, at));
        }

        return row.Version;
    }

    private static void Check(PendingWrite write, long stored)
    {
        // A cart's edits take numbers and are no events. All other streams have no gaps.
        var numbers = write.Events.Select(static row => row.Sequence).Prepend(stored).ToArray();
        if (write.Sequence < numbers[^1] || numbers.Zip(numbers.Skip(1)).Any(static pair => pair.Second <= pair.First)
            || (write.State is not "cart" && write.Sequence != stored + write.Events.Length))
        {
            throw new InvalidOperationException($"{write.Key} is at {stored}, {write.Events.Length} events are added, and it says {write.Sequence}.");
        }

        if (write.Postings.GroupBy(static posting => (posting.Sequence, posting.Currency)).Any(static group => group.Sum(static posting => posting.Amount) != 0))
        {
            throw new InvalidOperationException($"The postings of {write.Key} do not sum to zero.");
        }
    }

    private List<EventRow> StreamOf(string stream) => _streams.GetValueOrDefault(stream) ?? [];

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }

    private static string Text(long? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private sealed class DueOrder : IComparer<DueRow>
    {
        public static readonly DueOrder Instance = new();

        public int Compare(DueRow? x, DueRow? y) =>
            x!.At.CompareTo(y!.At) is var byTime and not 0 ? byTime
            : string.CompareOrdinal(x.StateName, y.StateName) is var byState and not 0 ? byState
            : string.CompareOrdinal(x.Key, y.Key);
    }
}

public sealed record StoredRow(long Version, byte[] Head, long Sequence, DateTimeOffset? Due, string? Label);

/// <summary>A write that was committed, with the number of events that it added.</summary>
public sealed record WrittenRow(string StateName, string Key, int Events);

public sealed record OutboxRow(string Stream, long Sequence, string Topic);

public sealed record PostingRow(string Stream, Posting Posting);
