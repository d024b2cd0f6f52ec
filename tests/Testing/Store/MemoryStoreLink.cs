using System.Globalization;
using Orleans.Storage;

namespace ActorShop.Testing;

/// <summary>A silo's way to a <see cref="MemoryShopStore"/>.</summary>
/// <param name="committed">Called within the transaction of each write.</param>
public sealed class MemoryStoreLink(MemoryShopStore store, IStoreWire wire, Action? committed = null) : IGrainStorage, IEventTable, IDueTable
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = NewGrain.Is(grainId) ? null : await wire.AskAsync(() => store.ReadCounted(stateName, grainId.Key.ToString()!));
        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = row is not null;
        grainState.ETag = row?.Version.ToString(CultureInfo.InvariantCulture);
        if (row is not null)
        {
            var record = RecordOf(grainState);
            record.SetHead(row.Head);
            record.Sequence = row.Sequence;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var write = PendingWrite.Of(stateName, grainId.Key.ToString()!, grainState.ETag, RecordOf(grainState));
        var version = await wire.AskAsync(Serve, write);
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;

        long Serve()
        {
            var written = store.Write(write);
            committed?.Invoke();
            return written;
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("The shop clears no state.");

    public Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit) =>
        wire.AskAsync<ImmutableArray<EventRow>>(() => [.. store.EventsIn(stream).Where(row => row.Sequence > after).Take(limit)]);

    public Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference) => wire.AskAsync(() => store.Find(stream, reference));

    public Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit) => wire.AskAsync(() => store.TakeDue(now, lease, limit));

    private static EntityRecord RecordOf<T>(IGrainState<T> state) =>
        state.State as EntityRecord ?? throw new NotSupportedException($"{typeof(T)} is not stored in the shop's form.");
}
