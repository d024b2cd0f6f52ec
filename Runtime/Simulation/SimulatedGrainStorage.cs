using ActorShop.Runtime.Hosting;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace ActorShop.Runtime.Simulation;

/// <summary>A store that takes its time, and fails before or after the fact as the seed has it.</summary>
internal sealed class SimulatedGrainStorage(IGrainStorage inner, SimulatedStorageFaults faults, TimeProvider time, Chance chance)
    : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        OperateAsync(() => inner.ReadStateAsync(stateName, grainId, grainState), writes: false);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        OperateAsync(() => inner.WriteStateAsync(stateName, grainId, grainState), writes: true);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        OperateAsync(() => inner.ClearStateAsync(stateName, grainId, grainState), writes: true);

    private async Task OperateAsync(Func<Task> operation, bool writes)
    {
        // Drawn in one order whatever the faults are, so that a change of one does not shift the others.
        var (before, after) = (chance.Flip(faults.FailBefore), chance.Flip(faults.FailAfter));
        var latency = TimeSpan.FromTicks((long)(chance.NextDouble() * faults.MaxLatency.Ticks));
        await Task.Delay(latency / 2, time);
        if (before)
        {
            faults.FailedBefore++;
            throw new IOException("The simulated store failed; nothing was changed.");
        }

        await operation();
        await Task.Delay(latency / 2, time);
        if (after && writes)
        {
            faults.FailedAfter++;
            throw new IOException("The simulated store failed; the change is there.");
        }
    }
}
