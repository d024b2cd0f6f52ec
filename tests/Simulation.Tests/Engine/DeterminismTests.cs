using System.Globalization;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Engine;

/// <summary>
/// Goal: a run is a function of its seed, so that any failure can be seen again.
/// </summary>
/// <remarks>
/// Method: a workload with calls, timers, reminders, collection and a store that fails, run twice in this process and once
/// in another one, whose string hashes differ; the traces are compared.
/// </remarks>
[Trait("Suite", "Simulation")]
public sealed class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    public async Task Seed_RunTwice_DoesTheSame(ulong seed)
    {
        var first = await Workload.RunAsync(seed);
        var second = await Workload.RunAsync(seed);

        SimulationTrace.FirstDifference(first, second).ShouldBeNull();
        first.Steps.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Seeds_Differ() => (await Workload.RunAsync(1)).Hash.ShouldNotBe((await Workload.RunAsync(2)).Hash);

    [Fact]
    public async Task Seed_RunInAnotherProcess_DoesTheSame()
    {
        ulong[] seeds = [1, 2, 3];
        var here = new List<string>();
        foreach (var seed in seeds)
        {
            here.Add((await Workload.RunAsync(seed)).ToString());
        }

        (await SecondProcess.RunAsync(seeds.Select(static seed => seed.ToString(CultureInfo.InvariantCulture)))).ShouldBe(here);
    }

    [Fact]
    public async Task Workload_MeetsTheFaultsThatItIsMeantToMeet()
    {
        var (before, after, time) = (0, 0, TimeSpan.Zero);

        await Workload.RunAsync(5, cluster =>
            (before, after, time) = (cluster.StorageFaults.FailedBefore, cluster.StorageFaults.FailedAfter, cluster.Time.Elapsed));

        before.ShouldBeGreaterThan(0);
        after.ShouldBeGreaterThan(0);
        time.ShouldBeGreaterThan(TimeSpan.FromMinutes(40));
    }

    [Fact]
    public async Task ManySeeds_NeitherMakeNorLoseMoney()
    {
        for (var seed = 100UL; seed < 120; seed++)
        {
            await Workload.RunAsync(seed);
        }
    }

    [Fact]
    public async Task WorkThatLeavesTheSimulation_FailsTheRun()
    {
        var exception = await Should.ThrowAsync<SimulationException>(() => SimulatedCluster.RunAsync(
            1,
            static (_, silo) => silo.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService(),
            static cluster => cluster.Grains.GetGrain<IEscapingGrain>("e").EscapeAsync()));

        exception.Message.ShouldMatch("escaped|stands still");
    }

    [Fact]
    public async Task CallThatNobodyAnswers_TimesOut_InVirtualTime()
    {
        var elapsed = TimeSpan.Zero;

        await SimulatedCluster.RunAsync(
            1,
            static (_, silo) => silo.AddMemoryGrainStorageAsDefault(),
            async cluster =>
            {
                await Should.ThrowAsync<TimeoutException>(() => cluster.Grains.GetGrain<IEscapingGrain>("e").WaitForNothingAsync());
                elapsed = cluster.Time.Elapsed;
            });

        elapsed.ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(33));
    }
}
