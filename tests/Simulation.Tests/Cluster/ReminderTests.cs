using System.Globalization;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Cluster;

public interface IRemindedGrain : IGrainWithStringKey
{
    Task BeginAsync();

    Task<int> TicksAsync();
}

public sealed class RemindedGrain([PersistentState("reminded")] IPersistentState<Count> count) : Grain, IRemindedGrain, IRemindable
{
    public Task BeginAsync() => this.RegisterOrUpdateReminder("tick", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    public Task<int> TicksAsync() => Task.FromResult((int)count.State.Value);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        count.State.Value++;
        await count.WriteStateAsync();
    }
}

/// <summary>Goal: each reminder comes once a period, whichever silo keeps it. Method: twenty of them, an hour of virtual time, a death.</summary>
[Trait("Suite", "Simulation")]
public sealed class ReminderTests
{
    private const int Grains = 20;

    [Fact]
    public async Task Reminders_InPeace_ComeOncePerPeriod() =>
        (await TicksAsync(static _ => Task.CompletedTask)).ShouldAllBe(static ticks => ticks >= 29 && ticks <= 30);

    [Fact]
    public async Task Reminders_OfADeadSilo_ComeFromTheOthers() => (await TicksAsync(static async cluster =>
    {
        await cluster.DelayAsync(TimeSpan.FromMinutes(10));
        cluster.Silos[1].Crash();
    })).ShouldAllBe(static ticks => ticks >= 28 && ticks <= 31);

    private static async Task<List<int>> TicksAsync(Func<SimulatedCluster, Task> meanwhile)
    {
        var ticks = new List<int>();
        await SimulatedCluster.RunAsync(
            3,
            static (_, silo) => silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService(),
            async cluster =>
            {
                for (var n = 0; n < Grains; n++)
                {
                    await cluster.Silos[n % 3].AskAsync(grains => Of(grains, n).BeginAsync());
                }

                var trouble = meanwhile(cluster);
                await cluster.DelayAsync(TimeSpan.FromMinutes(30));
                await trouble;
                for (var n = 0; n < Grains; n++)
                {
                    ticks.Add(await cluster.Silos[0].AskAsync(grains => Of(grains, n).TicksAsync()));
                }
            },
            new SimulationOptions { Silos = 3 });
        return ticks;
    }

    private static IRemindedGrain Of(IGrainFactory grains, int number) =>
        grains.GetGrain<IRemindedGrain>(string.Create(CultureInfo.InvariantCulture, $"reminded/{number}"));
}
