namespace ActorShop.Parity.Clocks;

/// <summary>Goal: timers are messages, reminders are durable, and both refuse what they refuse on Orleans.</summary>
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

    [Fact]
    public async Task Reminder_ThatIsDue_Comes()
    {
        var grain = cluster.Grains.GetGrain<IRemindedGrain>(_key);

        await grain.RemindAsync("now", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));

        await Gate.Opened(_key + "now");
    }

    [Fact]
    public async Task Reminder_Forgotten_IsNotFound()
    {
        var grain = cluster.Grains.GetGrain<IRemindedGrain>(_key);
        await grain.RemindAsync("later", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        (await grain.HasAsync("later")).ShouldBeTrue();

        await grain.ForgetAsync("later");

        (await grain.HasAsync("later")).ShouldBeFalse();
    }

    [Fact]
    public async Task Reminder_MoreOftenThanTheMinimum_IsRefused() => await Should.ThrowAsync<ArgumentException>(
        () => cluster.Grains.GetGrain<IRemindedGrain>(_key).RemindAsync("often", TimeSpan.Zero, TimeSpan.FromSeconds(59)));

    [Fact]
    public async Task Reminder_OfAGrainThatCannotReceiveIt_IsRefused() => await Should.ThrowAsync<InvalidOperationException>(
        () => cluster.Grains.GetGrain<IUnremindableGrain>(_key).RemindAsync());
}
