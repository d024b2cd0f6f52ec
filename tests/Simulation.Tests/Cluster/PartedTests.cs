using System.Globalization;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace ActorShop.Simulation.Cluster;

/// <summary>
/// Goal: silos that reach the membership table and not each other do not both live on: one goes, the others serve everything, and it comes back
/// when it can be reached. Method: links that are cut for good, counters on all silos, and virtual time.
/// </summary>
[Trait("Suite", "Simulation")]
public sealed class PartedTests
{
    private const int Counters = 60;

    private static readonly TimeSpan Decided = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(2, 0, 1, true)]
    [InlineData(3, 0, 2, true)]
    [InlineData(3, 1, 2, false)]
    public Task Silos_ThatDoNotReachEachOther_DoNotBothLiveOn(int silos, int one, int other, bool bothWays) => RunAsync(silos, async cluster =>
    {
        await AddToAllAsync(cluster.Silos);
        cluster.Block(one, other);
        if (bothWays)
        {
            cluster.Block(other, one);
        }

        await cluster.DelayAsync(Decided);

        // They are equals, so the younger goes; of one age, the one with the greater address.
        cluster.Silos.Where(static silo => !silo.IsAlive).Select(static silo => silo.Number).ShouldBe([other]);
        cluster.Silos[other].Exited.ShouldNotBeNull();
        await AddToAllAsync([.. cluster.Silos.Where(static silo => silo.IsAlive)]);

        var starting = cluster.Silos[other].StartAsync();
        await cluster.DelayAsync(Decided);
        starting.IsCompleted.ShouldBeFalse();
        Active(cluster).ShouldBe(silos - 1);
        cluster.HealNetwork();
        await starting;
        await cluster.DelayAsync(TimeSpan.FromSeconds(5));
        Active(cluster).ShouldBe(silos);
        await AddToAllAsync(cluster.Silos);
    });

    [Fact]
    public Task Silo_ThatNobodyReaches_IsTheOneThatGoes() => RunAsync(3, async cluster =>
    {
        // The eldest, so that age alone would keep it.
        cluster.Part(0, 1);
        cluster.Part(0, 2);

        await cluster.DelayAsync(Decided);

        cluster.Silos.Where(static silo => !silo.IsAlive).Select(static silo => silo.Number).ShouldBe([0]);
        await AddToAllAsync([.. cluster.Silos.Where(static silo => silo.IsAlive)]);
    });

    private static Task<SimulationTrace> RunAsync(int silos, Func<SimulatedCluster, Task> body) => SimulatedCluster.RunAsync(
        seed: 1,
        static (_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
        },
        body,
        new SimulationOptions { Silos = silos, MaxTime = TimeSpan.FromMinutes(10), MaxSteps = 3_000_000 });

    private static int Active(SimulatedCluster cluster) =>
        cluster.Services.GetRequiredService<SiloRuntime>().Cluster!.Membership.View.Active.Count;

    private static async Task AddToAllAsync(IReadOnlyList<SimulatedSilo> through)
    {
        for (var counter = 0; counter < Counters; counter++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"parted/{counter}");
            await through[counter % through.Count].AskAsync(grains => grains.GetGrain<ICounterGrain>(key).AddAsync());
        }
    }
}
