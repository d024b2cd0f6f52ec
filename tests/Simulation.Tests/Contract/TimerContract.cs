namespace ActorShop.Simulation.Contract;

/// <summary>Goal: ticks of timers are turns of their grain.</summary>
public abstract class TimerContract(IContractHost host)
{
    [Fact]
    public Task Timer_OfABusyGrain_DoesNotTick() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var ticking = cluster.Grains.GetGrain<ITimerGrain>(key).TicksWhileBusyAsync(key, isInterleaving: false);
        var other = cluster.NewKey();
        await cluster.Grains.GetGrain<ITimerGrain>(other).TickThoughItFailsAsync(other, ticks: 5);
        await cluster.Gates.Opened(other + ".ticked");
        cluster.Gates.Open(key + ".release");

        (await ticking).ShouldBe(0);
    });

    [Fact]
    public Task Timer_ThatInterleaves_TicksWhileTheGrainIsBusy() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var ticking = cluster.Grains.GetGrain<ITimerGrain>(key).TicksWhileBusyAsync(key, isInterleaving: true);
        await cluster.Gates.Opened(key + ".ticked");
        cluster.Gates.Open(key + ".release");

        (await ticking).ShouldBeGreaterThan(0);
    });

    [Fact]
    public Task Timer_WithoutPeriod_TicksOnce_AndAgainWhenItIsChanged() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var grain = cluster.Grains.GetGrain<ITimerGrain>(key);
        await grain.TickOnceAsync(key);
        await cluster.Gates.Opened(key + ".1");
        await cluster.DelayAsync(TimeSpan.FromMilliseconds(50));
        cluster.Gates.IsOpen(key + ".2").ShouldBeFalse();

        await grain.ChangeAsync();

        await cluster.Gates.Opened(key + ".2");
    });

    [Fact]
    public Task Timer_WhoseTickFails_GoesOn() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        await cluster.Grains.GetGrain<ITimerGrain>(key).TickThoughItFailsAsync(key, ticks: 3);

        await cluster.Gates.Opened(key + ".ticked");
    });

    [Fact]
    public Task Timer_EndsWithItsActivation() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var grain = cluster.Grains.GetGrain<ITimerGrain>(key);
        await grain.TickLaterAsync(key);

        await grain.EndAsync();
        await cluster.DelayAsync(TimeSpan.FromMilliseconds(200));

        cluster.Gates.IsOpen(key + ".ticked").ShouldBeFalse();
    });
}

[Collection(ContractCollection.Name)]
public sealed class TimersOnOrleans(OrleansHost host) : TimerContract(host);

public sealed class TimersInSimulation() : TimerContract(new SimulatedHost());

public interface ITimerGrain : IGrainWithStringKey
{
    Task<int> TicksWhileBusyAsync(string gate, bool isInterleaving);

    Task TickOnceAsync(string gate);

    Task TickThoughItFailsAsync(string gate, int ticks);

    Task TickLaterAsync(string gate);

    Task ChangeAsync();

    Task EndAsync();
}

[GrainType("contract-timer")]
public sealed class TimerGrain(Gates gates) : Grain, ITimerGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private IGrainTimer? _timer;
    private int _ticks;

    public async Task<int> TicksWhileBusyAsync(string gate, bool isInterleaving)
    {
        using var timer = this.RegisterGrainTimer(
            () => Tick(gate + ".ticked"), new() { DueTime = TimeSpan.Zero, Period = Soon, Interleave = isInterleaving });
        await gates.Opened(gate + ".release");
        return _ticks;
    }

    public Task TickOnceAsync(string gate)
    {
        _timer = this.RegisterGrainTimer(() => Tick($"{gate}.{_ticks + 1}"), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task TickThoughItFailsAsync(string gate, int ticks)
    {
        this.RegisterGrainTimer(
            () =>
            {
                _ = ++_ticks == ticks ? Tick(gate + ".ticked") : null;
                throw new InvalidOperationException("A tick fails.");
            },
            TimeSpan.Zero,
            Soon);
        return Task.CompletedTask;
    }

    public Task TickLaterAsync(string gate)
    {
        this.RegisterGrainTimer(() => Tick(gate + ".ticked"), TimeSpan.FromMilliseconds(100), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task ChangeAsync()
    {
        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Tick(string gate)
    {
        _ticks++;
        gates.Open(gate);
        return Task.CompletedTask;
    }
}
