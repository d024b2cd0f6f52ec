using Orleans.Placement;

namespace ActorShop.Benchmarks;

public interface IBenchGrain : IGrainWithIntegerKey
{
    Task NothingAsync();

    Task<int> RelayAsync(long target, int calls, int inFlight);
}

public sealed class BenchGrain : Grain, IBenchGrain
{
    public Task NothingAsync() => Task.CompletedTask;

    public async Task<int> RelayAsync(long target, int calls, int inFlight)
    {
        var other = GrainFactory.GetGrain<IBenchGrain>(target);
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (var call = 0; call < calls / inFlight; call++)
            {
                await other.NothingAsync();
            }
        }));
        return calls / inFlight * inFlight;
    }
}

/// <summary>A grain with a state that was never written.</summary>
public interface IStateBenchGrain : IGrainWithIntegerKey
{
    Task NothingAsync();
}

public sealed class StateBenchGrain([PersistentState("bench")] IPersistentState<BenchState> state) : Grain, IStateBenchGrain
{
    public Task NothingAsync() => state.RecordExists ? Task.FromException(new InvalidOperationException("The state was never written.")) : Task.CompletedTask;
}

[GenerateSerializer]
public sealed class BenchState;

/// <summary>A grain that is where its first caller is.</summary>
public interface IHomeBenchGrain : IGrainWithIntegerKey
{
    Task NothingAsync();

    Task<int> RelayAsync(long target, int calls, int inFlight);
}

[PreferLocalPlacement]
public sealed class HomeBenchGrain : Grain, IHomeBenchGrain
{
    public Task NothingAsync() => Task.CompletedTask;

    public async Task<int> RelayAsync(long target, int calls, int inFlight)
    {
        var other = GrainFactory.GetGrain<IHomeBenchGrain>(target);
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (var call = 0; call < calls / inFlight; call++)
            {
                await other.NothingAsync();
            }
        }));
        return calls / inFlight * inFlight;
    }
}
