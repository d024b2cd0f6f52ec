namespace ActorShop.Parity.Turns;

/// <summary>Goal: who may run beside whom is as on Orleans. Method: hold one call at a gate, and see which other ones are answered.</summary>
public sealed class TurnTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly string _key = Cluster.NewKey();

    private string Arrived => _key + ".arrived";

    private string Release => _key + ".release";

    [Fact]
    public async Task Call_OfABusyGrain_WaitsForTheRunningOne()
    {
        var grain = cluster.Grains.GetGrain<IPlainTurnGrain>(_key);
        var holding = grain.HoldAsync(Arrived, Release);
        await Gate.Opened(Arrived);

        var entering = grain.EnterAsync();
        var interleaved = await grain.InterleaveAsync();
        entering.IsCompleted.ShouldBeFalse();
        Gate.Open(Release);

        interleaved.ShouldBe(2);
        (await holding).ShouldBe(1);
        (await entering).ShouldBe(1);
    }

    [Fact]
    public async Task ReadOnlyCall_InterleavesWithReadOnlyCalls_AndWaitsForOthers()
    {
        var grain = cluster.Grains.GetGrain<IPlainTurnGrain>(_key);
        var reading = grain.ReadAndHoldAsync(Arrived, Release);
        await Gate.Opened(Arrived);

        var writing = grain.EnterAsync();
        var read = await grain.ReadAsync();
        writing.IsCompleted.ShouldBeFalse();
        Gate.Open(Release);

        read.ShouldBe(2);
        (await writing).ShouldBe(1);
        await reading;
    }

    [Fact]
    public async Task ReadOnlyCall_WaitsForARunningWrite()
    {
        var grain = cluster.Grains.GetGrain<IPlainTurnGrain>(_key);
        var writing = grain.HoldAsync(Arrived, Release);
        await Gate.Opened(Arrived);

        var reading = grain.ReadAsync();
        await grain.InterleaveAsync();
        reading.IsCompleted.ShouldBeFalse();
        Gate.Open(Release);

        await writing;
        (await reading).ShouldBe(1);
    }

    [Fact]
    public async Task ReentrantGrain_InterleavesEverything()
    {
        var grain = cluster.Grains.GetGrain<IReentrantTurnGrain>(_key);
        var holding = grain.HoldAsync(Arrived, Release);
        await Gate.Opened(Arrived);

        var entered = await grain.EnterAsync();
        Gate.Open(Release);

        entered.ShouldBe(2);
        await holding;
    }

    [Fact]
    public async Task MayInterleavePredicate_ChoosesWhoInterleaves()
    {
        var grain = cluster.Grains.GetGrain<IChoosyTurnGrain>(_key);
        var holding = grain.HoldAsync(Arrived, Release);
        await Gate.Opened(Arrived);

        var noting = grain.NoteAsync(1);
        var entered = await grain.EnterAsync();
        noting.IsCompleted.ShouldBeFalse();
        Gate.Open(Release);

        entered.ShouldBe(2);
        await holding;
        await noting;
    }

    [Fact]
    public async Task SelfCall_OfANonReentrantGrain_EndsInATimeout() =>
        await Should.ThrowAsync<TimeoutException>(() => cluster.Grains.GetGrain<IPlainTurnGrain>(_key).CallSelfAsync());

    [Fact]
    public async Task CallChain_ThatMayReenter_ComesBackToTheGrainThatAllowedIt()
    {
        var answer = await cluster.Grains.GetGrain<IChainGrain>(_key).AskAsync(allow: true, Cluster.NewKey());

        answer.ShouldBe(_key);
    }

    [Fact]
    public async Task Await_ComesBackToTheActivationsScheduler() =>
        (await cluster.Grains.GetGrain<IPlainTurnGrain>(_key).StaysOnItsSchedulerAsync()).ShouldBeTrue();

    [Fact]
    public async Task Calls_OfOneCaller_RunInTheirOrder()
    {
        var grain = cluster.Grains.GetGrain<IPlainTurnGrain>(_key);
        await grain.NotesAsync();

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(grain.NoteAsync));

        (await grain.NotesAsync()).ShouldBe(Enumerable.Range(0, 1_000));
    }

    [Fact]
    public async Task StatelessWorker_RunsAsManyCallsAtOnce_AsItHasWorkers()
    {
        var grain = cluster.Grains.GetGrain<IWorkerGrain>(Random.Shared.NextInt64());
        var first = grain.HoldAsync(Arrived, Release);
        await Gate.Opened(Arrived);
        var second = grain.HoldAsync(Arrived + "2", Release);
        await Gate.Opened(Arrived + "2");

        var third = grain.HoldAsync(Arrived + "3", Release);
        Gate.IsOpen(Arrived + "3").ShouldBeFalse();
        Gate.Open(Release);

        await Task.WhenAll(first, second, third);
    }
}
