using System.Globalization;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Configuration;
using Orleans.Placement;

namespace ActorShop.Simulation.Cluster;

/// <summary>Says which version of the program it runs in.</summary>
[Version(1)]
public interface IVersionedGrain : IGrainWithStringKey
{
    /// <summary>Counts, and answers with the version in which it did so.</summary>
    Task<int> CountAsync();

    Task<long> ReadAsync();
}

/// <summary>The version of the program that a simulated silo runs.</summary>
public sealed record Program(int Version);

[PreferLocalPlacement]
public sealed class VersionedGrain([PersistentState("versioned")] IPersistentState<Count> count, Program program) : Grain, IVersionedGrain
{
    public async Task<int> CountAsync()
    {
        count.State.Value++;
        await count.WriteStateAsync();
        return program.Version;
    }

    public Task<long> ReadAsync() => Task.FromResult(count.State.Value);
}

/// <summary>
/// Goal: silos of an old and of a new program live together while they are replaced one by one, and no caller notices. Method: each silo has its
/// own version of one interface, and some lack its grain class.
/// </summary>
[Trait("Suite", "Simulation")]
public sealed class VersionTests
{
    private const int Grains = 12;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RollingRestart_ToANewVersion_FailsNoCall_AndRunsNoNewCallInTheOld(ulong seed)
    {
        var (counted, fromOld, fromNew) = await RollAsync(seed);

        counted.ShouldBeGreaterThan(1_000);
        fromOld.ShouldBe([1, 2]);
        fromNew.ShouldBe([2]);
    }

    [Fact]
    public async Task RollingRestart_RunTwice_DoesTheSame()
    {
        var traces = new List<SimulationTrace>();
        await RollAsync(5, traces.Add);
        await RollAsync(5, traces.Add);

        SimulationTrace.FirstDifference(traces[0], traces[1]).ShouldBeNull();
    }

    [Fact]
    public Task NewCall_MovesTheGrain_AndOldCallsFollowIt() => RunAsync(6, versions: [1, 2, 1], lacking: [], async cluster =>
    {
        (await CountAsync(cluster, 0)).ShouldBe(1);

        (await CountAsync(cluster, 1)).ShouldBe(2);

        (await CountAsync(cluster, 0)).ShouldBe(2);
        (await CountAsync(cluster, 2)).ShouldBe(2);
        (await cluster.Silos[0].AskAsync(static grains => Of(grains, 0).ReadAsync())).ShouldBe(4);
    });

    [Fact]
    public Task OldCall_MovesNothing() => RunAsync(7, versions: [2, 1, 1], lacking: [], async cluster =>
    {
        (await CountAsync(cluster, 0)).ShouldBe(2);
        (await CountAsync(cluster, 1)).ShouldBe(2);
    });

    [Fact]
    public Task NewCall_ThatNoSiloCanRun_IsToldSo_AndDisturbsNobody() => RunAsync(8, versions: [1, 1, 2], lacking: [2], async cluster =>
    {
        (await CountAsync(cluster, 0)).ShouldBe(1);

        var refused = await Should.ThrowAsync<OrleansMessageRejectionException>(() => CountAsync(cluster, 2));
        refused.Message.ShouldContain("No active silo is compatible");
        refused.Message.ShouldContain("version 2");

        (await CountAsync(cluster, 1)).ShouldBe(1);
        (await cluster.Silos[0].AskAsync(static grains => Of(grains, 0).ReadAsync())).ShouldBe(2);
    });

    [Fact]
    public Task ClassThatSomeSilosLack_IsPlacedOnTheOthers() => RunAsync(9, versions: [1, 1, 1], lacking: [0, 2], async cluster =>
    {
        for (var grain = 0; grain < Grains; grain++)
        {
            (await CountAsync(cluster, grain % 3, grain)).ShouldBe(1);
        }

        cluster.Silos[1].Services.GetRequiredService<SiloRuntime>().Catalog.Count.ShouldBe(Grains);
        await cluster.Silos[1].StopAsync();
        (await Should.ThrowAsync<OrleansMessageRejectionException>(() => CountAsync(cluster, 0))).Message.ShouldContain("No active silo is compatible");

        await cluster.Silos[1].StartAsync();
        await cluster.DelayAsync(Settled);
        (await CountAsync(cluster, 2)).ShouldBe(1);
    });

    private static async Task<(int Counted, IReadOnlyList<int> FromOld, IReadOnlyList<int> FromNew)> RollAsync(
        ulong seed, Action<SimulationTrace>? traced = null)
    {
        var versions = new[] { 1, 1, 1 };
        var answers = new List<(int Caller, int Callee)>();
        var trace = await RunAsync(seed, versions, lacking: [], async cluster =>
        {
            var rolling = true;
            var callers = Enumerable.Range(0, 6).Select(async caller =>
            {
                var silo = cluster.Silos[caller % 3];
                for (var number = caller; rolling; number++)
                {
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(5));
                    if (!silo.IsUp)
                    {
                        continue;
                    }

                    // A caller whose own process stops has nobody to complain to.
                    var (version, life) = (versions[silo.Number], silo.Life);
                    try
                    {
                        answers.Add((version, await CountAsync(cluster, silo.Number, number % Grains)));
                    }
                    catch (Exception) when (!silo.IsUp || silo.Life != life)
                    {
                        continue;
                    }
                }
            }).ToArray();
            for (var silo = 0; silo < 3; silo++)
            {
                await cluster.DelayAsync(Settled);
                await cluster.Silos[silo].StopAsync();
                versions[silo] = 2;
                await cluster.Silos[silo].StartAsync();
            }

            await cluster.DelayAsync(Settled);
            rolling = false;
            foreach (var caller in callers)
            {
                await caller;
            }
        });
        traced?.Invoke(trace);
        return (
            answers.Count,
            [.. answers.Where(static answer => answer.Caller == 1).Select(static answer => answer.Callee).Distinct().Order()],
            [.. answers.Where(static answer => answer.Caller == 2).Select(static answer => answer.Callee).Distinct().Order()]);
    }

    private static Task<SimulationTrace> RunAsync(ulong seed, int[] versions, int[] lacking, Func<SimulatedCluster, Task> body) =>
        SimulatedCluster.RunAsync(
            seed,
            (_, silo) =>
            {
                silo.AddMemoryGrainStorageAsDefault();
                silo.Services.AddSingleton(services => new Program(versions[NumberOf(services)]));
                silo.Services.AddSingleton(services =>
                {
                    var (version, lacks) = (versions[NumberOf(services)], lacking.Contains(NumberOf(services)));
                    return new GrainManifests(
                        GrainManifests.Discover(),
                        grainClass => !lacks || grainClass != typeof(VersionedGrain),
                        known => known == typeof(IVersionedGrain) ? version : GrainManifests.VersionOf(known));
                });
            },
            body,
            new SimulationOptions { Silos = 3, MaxTime = TimeSpan.FromMinutes(10), MaxSteps = 3_000_000 });

    private static int NumberOf(IServiceProvider services) =>
        int.Parse(services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName["silo ".Length..], CultureInfo.InvariantCulture);

    private static Task<int> CountAsync(SimulatedCluster cluster, int silo, int grain = 0) =>
        cluster.Silos[silo].AskAsync(grains => Of(grains, grain).CountAsync());

    private static IVersionedGrain Of(IGrainFactory grains, int number) =>
        grains.GetGrain<IVersionedGrain>(string.Create(CultureInfo.InvariantCulture, $"versioned/{number}"));
}
