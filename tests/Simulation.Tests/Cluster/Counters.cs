using ActorShop.Runtime.Simulation;
using Orleans.Concurrency;

namespace ActorShop.Simulation.Cluster;

[GenerateSerializer]
public sealed class Count
{
    [Id(0)]
    public long Value { get; set; }
}

/// <summary>A number that only grows, one write a step: the smallest thing of which two activations would make nonsense.</summary>
public interface ICounterGrain : IGrainWithStringKey
{
    Task<long> AddAsync();

    [ReadOnly]
    Task<long> ReadAsync();
}

public sealed class CounterGrain([PersistentState("counter")] IPersistentState<Count> count) : Grain, ICounterGrain
{
    public async Task<long> AddAsync()
    {
        count.State.Value++;
        try
        {
            await count.WriteStateAsync();
        }
        catch
        {
            // The write may have landed: the next activation reads the truth.
            count.State.Value--;
            DeactivateOnIdle();
            throw;
        }

        return count.State.Value;
    }

    // What is remembered, not what is stored: so an activation that was taken over from would be caught by what it says.
    public Task<long> ReadAsync() => Task.FromResult(count.State.Value);
}

/// <summary>What clients were told about one counter, and what they may conclude from it.</summary>
internal sealed class CounterHistory(string key)
{
    private readonly SortedSet<long> _added = [];
    private long _seen;

    public string Key => key;

    public int Acknowledged => _added.Count;

    public int Unknown { get; private set; }

    /// <summary>The greatest value that somebody has been told by now: nobody who asks later may be told less.</summary>
    public long Seen => _seen;

    public void OnAdded(long value, long seenBefore)
    {
        if (!_added.Add(value))
        {
            throw new SimulationException($"Two additions to {key} were both answered with {value}: one of them is lost.");
        }

        if (value <= seenBefore)
        {
            throw new SimulationException($"An addition to {key} was answered with {value}, after {seenBefore} had been told.");
        }

        _seen = Math.Max(_seen, value);
    }

    public void OnRead(long value, long seenBefore)
    {
        if (value < seenBefore)
        {
            throw new SimulationException($"A reader of {key} was told {value}, after {seenBefore} had been told: the past.");
        }

        _seen = Math.Max(_seen, value);
    }

    public void OnUnknown() => Unknown++;

    public void CheckEnd(long value)
    {
        if (value < Acknowledged || value > Acknowledged + Unknown)
        {
            throw new SimulationException(
                $"{key} ends with {value}; {Acknowledged} additions were acknowledged and {Unknown} are unknown.");
        }
    }
}
