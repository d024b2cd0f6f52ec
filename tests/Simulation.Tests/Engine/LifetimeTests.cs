using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Engine;

public interface ISleeperGrain : IGrainWithStringKey
{
    Task<int> WakeAsync();

    Task StayAsync(TimeSpan time);

    Task TickAsync(bool keepAlive);
}

public sealed class SleeperGrain : Grain, ISleeperGrain
{
    private int _calls;

    public Task<int> WakeAsync() => Task.FromResult(++_calls);

    public Task StayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task TickAsync(bool keepAlive)
    {
        this.RegisterGrainTimer(
            static () => Task.CompletedTask,
            new() { DueTime = TimeSpan.FromMinutes(1), Period = TimeSpan.FromMinutes(1), KeepAlive = keepAlive });
        return Task.CompletedTask;
    }
}

/// <summary>Goal: activations end when nobody uses them, and not before. Method: quarters of an hour of virtual time.</summary>
[Trait("Suite", "Simulation")]
public sealed class LifetimeTests
{
    [Theory]
    [InlineData(14, 2)]
    [InlineData(20, 1)]
    public async Task Activation_ThatIdles_EndsAfterItsAge(int minutes, int calls) =>
        (await CallsAfterAsync(TimeSpan.FromMinutes(minutes), static _ => Task.CompletedTask)).ShouldBe(calls);

    [Fact]
    public async Task Activation_ThatDelaysItsEnd_OutlivesItsAge() =>
        (await CallsAfterAsync(TimeSpan.FromMinutes(40), static grain => grain.StayAsync(TimeSpan.FromHours(1)))).ShouldBe(2);

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Timer_KeepsItsActivation_OnlyIfItSaysSo(bool keepAlive, int calls) =>
        (await CallsAfterAsync(TimeSpan.FromMinutes(40), grain => grain.TickAsync(keepAlive))).ShouldBe(calls);

    private static async Task<int> CallsAfterAsync(TimeSpan time, Func<ISleeperGrain, Task> prepare)
    {
        var calls = 0;
        await SimulatedCluster.RunAsync(
            1,
            static (_, silo) => silo.AddMemoryGrainStorageAsDefault(),
            async cluster =>
            {
                var grain = cluster.Grains.GetGrain<ISleeperGrain>("s");
                await grain.WakeAsync();
                await prepare(grain);
                await cluster.DelayAsync(time);
                calls = await grain.WakeAsync();
            });
        return calls;
    }
}
