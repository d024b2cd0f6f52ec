using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Storage;

namespace ActorShop.Testing;

/// <summary>
/// The store of a shop in memory, as strict as the real ones: conditional writes, and head, events, outbox, postings and due time in one.
/// </summary>
/// <remarks>
/// It keeps JSON, never objects, so that what a grain reads back is what a database would give it. It refuses what no grain may write: a gap in
/// a stream, a write that rewrites history, postings that do not sum to zero. Writes can be counted, held and failed. Safe from any
/// thread.
/// </remarks>
public sealed partial class MemoryShopStore : IGrainStorage, IEventTable, IDueTable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string State, string Key), Row> _rows = new(RowOrder.Instance);
    private readonly SortedDictionary<string, List<EventRow>> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<(string State, string Key), DateTimeOffset> _leases = [];
    private readonly List<OutboxRow> _outbox = [];
    private readonly List<PostingRow> _postings = [];

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        Row? row;
        lock (_lock)
        {
            row = _rows.GetValueOrDefault((stateName, KeyOf(grainId)));
        }

        grainState.State = row is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(row.Json, ShopJson.Options)!;
        grainState.ETag = row is null ? null! : Text(row.Version);
        grainState.RecordExists = row is not null;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(grainId);
        var record = JsonSerializer.SerializeToNode(grainState.State, ShopJson.Options)!.AsObject();
        await PassGateAsync();
        var fault = TakeFault(stateName, key);
        if (fault is WriteFault.BeforeCommit)
        {
            throw new IOException("The store failed, and nothing was written.");
        }

        lock (_lock)
        {
            grainState.ETag = Text(Commit(stateName, key, grainState.ETag, record));
            grainState.RecordExists = true;
        }

        if (fault is WriteFault.AfterCommit)
        {
            throw new IOException("The store failed; nobody knows whether it wrote.");
        }
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_lock)
        {
            var row = (stateName, KeyOf(grainId));
            Check(row, grainState.ETag);
            _rows.Remove(row);
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit)
    {
        await Task.Yield();
        lock (_lock)
        {
            return [.. EventsOf(stream).Where(e => e.Sequence > after).Take(limit)];
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference)
    {
        await Task.Yield();
        lock (_lock)
        {
            return [.. EventsOf(stream).Where(e => string.Equals(e.Reference, reference, StringComparison.Ordinal))];
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit)
    {
        await Task.Yield();
        lock (_lock)
        {
            ImmutableArray<DueRow> taken =
            [
                .. AllDue().Where(row => row.At <= now && _leases.GetValueOrDefault((row.StateName, row.Key)) <= now)
                    .OrderBy(static row => row.At)
                    .Take(limit),
            ];
            foreach (var row in taken)
            {
                _leases[(row.StateName, row.Key)] = now + lease;
            }

            return taken;
        }
    }

    private long Commit(string stateName, string key, string? etag, JsonObject record)
    {
        var previous = Check((stateName, key), etag);
        var version = (previous?.Version ?? 0) + 1;
        var kept = record;
        DateTimeOffset? due = null;
        string? label = null;
        var added = 0;
        if (record["sequence"] is { } sequence && record["head"] is { } head)
        {
            var last = (long)sequence;
            added = Append(key, previous, last, record);
            due = record["due"].Deserialize<DateTimeOffset?>(ShopJson.Options);
            label = (string?)record["label"];
            kept = new() { ["head"] = head.DeepClone(), ["sequence"] = last };
        }

        _rows[(stateName, key)] = new(version, kept.ToJsonString(ShopJson.Options), due, label);
        _writes.Add(new(stateName, key, added));
        return version;
    }

    private int Append(string stream, Row? previous, long last, JsonObject record)
    {
        var events = record["events"]?.AsArray() ?? [];
        var rows = EventsOf(stream);
        if (rows.Count + events.Count != last)
        {
            throw new InvalidOperationException(
                $"{stream} has {rows.Count} events, {events.Count} are added, and it says {last} (version {previous?.Version}).");
        }

        foreach (var node in events)
        {
            var row = new EventRow(
                stream,
                (long)node!["sequence"]!,
                node["at"].Deserialize<DateTimeOffset>(ShopJson.Options),
                (string)node["type"]!,
                (string?)node["reference"],
                node["data"]!.ToJsonString(ShopJson.Options));
            rows.Add(row);
            if (row.Sequence != rows.Count)
            {
                throw new InvalidOperationException($"{stream} has a gap at {rows.Count}.");
            }
        }

        _events[stream] = rows;
        AppendPostings(stream, record["postings"].Deserialize<ImmutableArray<Posting>?>(ShopJson.Options) ?? []);
        _outbox.AddRange((record["outbox"].Deserialize<ImmutableArray<Delivery>?>(ShopJson.Options) ?? [])
            .Select(delivery => new OutboxRow(stream, delivery.Sequence, delivery.Topic)));
        return events.Count;
    }

    private void AppendPostings(string stream, ImmutableArray<Posting> postings)
    {
        if (postings.GroupBy(static p => (p.Sequence, p.Currency)).FirstOrDefault(static g => g.Sum(static p => p.Amount) != 0) is { } off)
        {
            throw new InvalidOperationException($"The postings of {stream} {off.Key} do not sum to zero.");
        }

        _postings.AddRange(postings.Select(posting => new PostingRow(stream, posting)));
    }

    private Row? Check((string State, string Key) id, string? etag)
    {
        var row = _rows.GetValueOrDefault(id);
        var stored = row is null ? null : Text(row.Version);
        return string.Equals(stored, etag, StringComparison.Ordinal)
            ? row
            : throw new InconsistentStateException($"{id.State} of {id.Key} was written by somebody else.", stored!, etag!);
    }

    private List<EventRow> EventsOf(string stream) => _events.GetValueOrDefault(stream) ?? [];

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString()!;

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(long Version, string Json, DateTimeOffset? Due, string? Label);

    private sealed class RowOrder : IComparer<(string State, string Key)>
    {
        public static readonly RowOrder Instance = new();

        public int Compare((string State, string Key) x, (string State, string Key) y) =>
            string.CompareOrdinal(x.Key, y.Key) is var byKey and not 0 ? byKey : string.CompareOrdinal(x.State, y.State);
    }
}
