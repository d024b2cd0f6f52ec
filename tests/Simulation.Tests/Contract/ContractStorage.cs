using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;

namespace ActorShop.Simulation.Contract;

/// <summary>A store with versions. It counts writes, and fails those of keys that end with "broken".</summary>
public sealed class ContractStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (object State, int Version)> _rows = new();

    public int WritesOf(GrainId grain) => _rows.TryGetValue(grain, out var row) ? row.Version : 0;

    /// <summary>Writes a grain's state behind its back.</summary>
    public void Overwrite(GrainId grain, object state) => _rows[grain] = (state, WritesOf(grain) + 1);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        var isKnown = _rows.TryGetValue(grainId, out var row);
        grainState.State = isKnown ? (T)row.State : Activator.CreateInstance<T>();
        grainState.RecordExists = isKnown;
        grainState.ETag = isKnown ? Text(row.Version) : null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        if (grainId.Key.ToString()!.EndsWith("broken", StringComparison.Ordinal))
        {
            throw new IOException("The disk is full.");
        }

        var stored = _rows.TryGetValue(grainId, out var row) ? Text(row.Version) : null;
        if (!string.Equals(stored, grainState.ETag, StringComparison.Ordinal))
        {
            throw new InconsistentStateException("Another activation has written.", stored!, grainState.ETag!);
        }

        var version = row.Version + 1;
        _rows[grainId] = (grainState.State!, version);
        (grainState.ETag, grainState.RecordExists) = (Text(version), true);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("The shop clears no state.");

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
