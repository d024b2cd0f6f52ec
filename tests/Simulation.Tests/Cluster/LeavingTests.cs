using System.Globalization;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Cluster;

/// <summary>Goal: a silo that leaves in order costs its callers nothing. Method: silos that leave and come back, and no other trouble.</summary>
[Trait("Suite", "Simulation")]
public sealed class LeavingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Silo_ThatLeaves_FailsNoCallOfOthers(ulong seed)
    {
        var outcome = (Acknowledged: 0, Failed: 0);

        await ClusterWorkload.RunAsync(seed, trouble: 20, kinds: [Trouble.Leave], atTheEnd: workload => outcome = workload.Outcome);

        outcome.Failed.ShouldBe(0);
        outcome.Acknowledged.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Silo_ThatLeaves_FailsNoCallOfGrainsThatAreAboutToBegin(ulong seed)
    {
        var longest = TimeSpan.Zero;

        await SimulatedCluster.RunAsync(
            seed,
            static (_, silo) => silo.AddMemoryGrainStorageAsDefault(),
            async cluster =>
            {
                var leaving = true;
                var callers = Enumerable.Range(0, 8).Select(async caller =>
                {
                    // Each is placed while somebody may be leaving: many are with a silo that does not know yet that it leaves.
                    for (var number = 0; leaving; number++)
                    {
                        var began = cluster.Time.Elapsed;
                        var grain = string.Create(CultureInfo.InvariantCulture, $"new {caller}.{number}");
                        (await cluster.Silos[caller % 2].AskAsync(grains => grains.GetGrain<ICounterGrain>(grain).AddAsync())).ShouldBe(1);
                        longest = longest < cluster.Time.Elapsed - began ? cluster.Time.Elapsed - began : longest;
                    }
                }).ToArray();
                for (var time = 0; time < 4; time++)
                {
                    await cluster.Silos[2].StopAsync();
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(50));
                    await cluster.Silos[2].StartAsync();
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(200));
                }

                leaving = false;
                foreach (var caller in callers)
                {
                    await caller;
                }
            },
            new SimulationOptions { Silos = 3, MaxTime = TimeSpan.FromMinutes(10), MaxSteps = 3_000_000 });

        longest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
