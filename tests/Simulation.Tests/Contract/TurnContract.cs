using Orleans.Concurrency;

namespace ActorShop.Simulation.Contract;

/// <summary>Goal: what may run beside what. Method: hold one call at a gate, and see which other calls are answered.</summary>
public abstract class TurnContract(IContractHost host)
{
    [Fact]
    public Task Call_WaitsForTheRunningCall() => host.RunAsync(static async cluster =>
    {
        var (key, grain) = Grain<IPlainTurnGrain>(cluster);
        var holding = grain.HoldAsync(key);
        await cluster.Gates.Opened(key + ".arrived");

        var entering = grain.EnterAsync();
        var interleaved = await grain.InterleaveAsync();
        entering.IsCompleted.ShouldBeFalse();
        cluster.Gates.Open(key + ".release");

        interleaved.ShouldBe(2);
        (await holding).ShouldBe(1);
        (await entering).ShouldBe(1);
    });

    [Fact]
    public Task ReadOnlyCall_RunsBesideReadOnlyCalls_NotBesideOthers() => host.RunAsync(static async cluster =>
    {
        var (key, grain) = Grain<IPlainTurnGrain>(cluster);
        var reading = grain.ReadAndHoldAsync(key);
        await cluster.Gates.Opened(key + ".arrived");

        var writing = grain.EnterAsync();
        (await grain.ReadAsync()).ShouldBe(2);
        writing.IsCompleted.ShouldBeFalse();
        cluster.Gates.Open(key + ".release");

        (await writing).ShouldBe(1);
        await reading;
    });

    [Fact]
    public Task ReadOnlyCall_WaitsForARunningWrite() => host.RunAsync(static async cluster =>
    {
        var (key, grain) = Grain<IPlainTurnGrain>(cluster);
        var writing = grain.HoldAsync(key);
        await cluster.Gates.Opened(key + ".arrived");

        var reading = grain.ReadAsync();
        await grain.InterleaveAsync();
        reading.IsCompleted.ShouldBeFalse();
        cluster.Gates.Open(key + ".release");

        await writing;
        (await reading).ShouldBe(1);
    });

    [Fact]
    public Task ReentrantGrain_InterleavesCalls_AndNeverRunsTwoTurnsAtOnce() => host.RunAsync(static async cluster =>
    {
        var (key, grain) = Grain<IReentrantTurnGrain>(cluster);
        var holding = grain.HoldAsync(key);
        await cluster.Gates.Opened(key + ".arrived");

        (await grain.EnterAsync()).ShouldBe(2);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => grain.SpinAsync()));
        cluster.Gates.Open(key + ".release");

        await holding;
        (await grain.OverlapsAsync()).ShouldBe(0);
    });

    [Fact]
    public Task Await_ComesBackToTheActivationsScheduler() => host.RunAsync(static async cluster =>
        (await Grain<IPlainTurnGrain>(cluster).Grain.StaysOnItsSchedulerAsync()).ShouldBeTrue());

    [Fact]
    public Task OneWayCall_IsCompleteAtOnce_AndItsFaultIsNotReported() => host.RunAsync(static async cluster =>
    {
        var (key, grain) = Grain<IPlainTurnGrain>(cluster);
        var call = grain.FailOneWayAsync(key);

        call.IsCompletedSuccessfully.ShouldBeTrue();
        await cluster.Gates.Opened(key + ".arrived");
        (await grain.EnterAsync()).ShouldBe(1);
    });

    [Fact]
    public Task StatelessWorker_RunsAsManyCallsAtOnceAsItHasActivations() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var grain = cluster.Grains.GetGrain<IWorkerTurnGrain>(key);
        var first = grain.HoldAsync(key, key + ".1");
        await cluster.Gates.Opened(key + ".1");
        var second = grain.HoldAsync(key, key + ".2");
        await cluster.Gates.Opened(key + ".2");

        var third = grain.HoldAsync(key, key + ".3");
        await cluster.DelayAsync(TimeSpan.FromMilliseconds(20));
        cluster.Gates.IsOpen(key + ".3").ShouldBeFalse();
        cluster.Gates.Open(key + ".release");

        await Task.WhenAll(first, second, third);
    });

    private static (string Key, T Grain) Grain<T>(ContractCluster cluster)
        where T : ITurnGrain
    {
        var key = cluster.NewKey();
        return (key, cluster.Grains.GetGrain<T>(key));
    }
}

[Collection(ContractCollection.Name)]
public sealed class TurnsOnOrleans(OrleansHost host) : TurnContract(host);

public sealed class TurnsInSimulation() : TurnContract(new SimulatedHost());

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Waits at the release gate, and returns how many calls were inside when it arrived.</summary>
    Task<int> HoldAsync(string gate);

    Task<int> EnterAsync();

    [AlwaysInterleave]
    Task<int> InterleaveAsync();

    [ReadOnly]
    Task<int> ReadAndHoldAsync(string gate);

    [ReadOnly]
    Task<int> ReadAsync();

    [OneWay]
    Task FailOneWayAsync(string gate);

    Task SpinAsync();

    Task<int> OverlapsAsync();

    Task<bool> StaysOnItsSchedulerAsync();
}

public interface IPlainTurnGrain : ITurnGrain;

public interface IReentrantTurnGrain : ITurnGrain;

public abstract class TurnGrain(Gates gates, TimeProvider clock) : Grain, ITurnGrain
{
    private int _inside;
    private int _inTurn;
    private int _overlaps;

    public async Task<int> HoldAsync(string gate)
    {
        _inside++;
        gates.Open(gate + ".arrived");
        await gates.Opened(gate + ".release");
        return _inside--;
    }

    public Task<int> EnterAsync() => Task.FromResult(_inside + 1);

    public Task<int> InterleaveAsync() => Task.FromResult(_inside + 1);

    public Task<int> ReadAndHoldAsync(string gate) => HoldAsync(gate);

    public Task<int> ReadAsync() => Task.FromResult(_inside + 1);

    public Task FailOneWayAsync(string gate)
    {
        gates.Open(gate + ".arrived");
        throw new InvalidOperationException("This fault has no caller.");
    }

    public async Task SpinAsync()
    {
        for (var turn = 0; turn < 5; turn++)
        {
            _overlaps += Interlocked.Increment(ref _inTurn) == 1 ? 0 : 1;
            Thread.SpinWait(100);
            Interlocked.Decrement(ref _inTurn);
            await Task.Yield();
        }
    }

    public Task<int> OverlapsAsync() => Task.FromResult(_overlaps);

    public async Task<bool> StaysOnItsSchedulerAsync()
    {
        var before = TaskScheduler.Current;
        await Task.Delay(TimeSpan.FromMilliseconds(1), clock);
        await Task.Yield();
        return ReferenceEquals(before, TaskScheduler.Current) && !ReferenceEquals(before, TaskScheduler.Default);
    }
}

[GrainType("contract-plain")]
public sealed class PlainTurnGrain(Gates gates, TimeProvider clock) : TurnGrain(gates, clock), IPlainTurnGrain;

[GrainType("contract-reentrant"), Reentrant]
public sealed class ReentrantTurnGrain(Gates gates, TimeProvider clock) : TurnGrain(gates, clock), IReentrantTurnGrain;

public interface IWorkerTurnGrain : IGrainWithStringKey
{
    Task HoldAsync(string gate, string arrived);
}

[GrainType("contract-worker"), StatelessWorker(2)]
public sealed class WorkerTurnGrain(Gates gates) : Grain, IWorkerTurnGrain
{
    public Task HoldAsync(string gate, string arrived)
    {
        gates.Open(arrived);
        return gates.Opened(gate + ".release");
    }
}
