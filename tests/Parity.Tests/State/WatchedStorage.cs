using System.Collections.Concurrent;
using Orleans.Storage;

namespace ActorShop.Parity.State;

/// <summary>A store that counts writes, and fails when a key asks for it.</summary>
public sealed class WatchedStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (object State, string Version)> _rows = new();

    public static ConcurrentDictionary<GrainId, int> Writes { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_rows.TryGetValue(grainId, out var row))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = ((T)row.State, row.Version, true);
        }
        else
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        }

        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        if (grainId.Key.ToString().Contains("broken", StringComparison.Ordinal))
        {
            throw new IOException("The disk is full.");
        }

        var count = Writes.AddOrUpdate(grainId, 1, static (_, count) => count + 1);
        _rows[grainId] = (grainState.State!, $"v{count}");
        (grainState.ETag, grainState.RecordExists) = ($"v{count}", true);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _rows.TryRemove(grainId, out _);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }
}
