namespace ActorShop.Parity.Clocks;

/// <summary>Goal: timers are messages, and refuse what they refuse on Orleans.</summary>
public sealed class ClockTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly string _key = Cluster.NewKey();

    private ITimerGrain Timer => cluster.Grains.GetGrain<ITimerGrain>(_key);

    [Fact]
    public async Task Timer_OfABusyGrain_DoesNotTick()
    {
        var ticking = Timer.TicksWhileBusyAsync(interleave: false, _key + ".ticked", _key + ".release");
        var other = cluster.Grains.GetGrain<ITimerGrain>(Cluster.NewKey());
        await other.TickInSpiteOfFailuresAsync(5, _key + ".time-has-passed");
        await Gate.Opened(_key + ".time-has-passed");
        Gate.Open(_key + ".release");

        (await ticking).ShouldBe(0);
    }

    [Fact]
    public async Task Timer_ThatInterleaves_TicksWhileTheGrainIsBusy()
    {
        var ticking = Timer.TicksWhileBusyAsync(interleave: true, _key + ".ticked", _key + ".release");
        await Gate.Opened(_key + ".ticked");
        Gate.Open(_key + ".release");

        (await ticking).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Timer_WithoutAPeriod_TicksOnce()
    {
        await Timer.TickOnceAsync(_key + ".ticked");
        await Gate.Opened(_key + ".ticked");

        (await Timer.TicksAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Timer_WhoseTickFails_GoesOn()
    {
        await Timer.TickInSpiteOfFailuresAsync(3, _key + ".ticked");

        await Gate.Opened(_key + ".ticked");
    }

    [Fact]
    public async Task Timer_Disposed_CancelsTheTokenOfItsCallback() => (await Timer.DisposeCancelsAsync()).ShouldBeTrue();
}
