using System.Globalization;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Cluster;

/// <summary>
/// Goal: whatever happens to silos, links and the membership table, each acknowledged write extends the last one, and nobody is
/// told the past.
/// </summary>
/// <remarks>
/// Method: clients add to counters and read them while a nemesis that the seed has chosen works; then it stops, and what was
/// told is held against what is there. <c>ACTORSHOP_SEED</c> runs one seed alone.
/// </remarks>
[Trait("Suite", "Simulation")]
public sealed class SwarmTests
{
    private const ulong Seeds = 200;

    [Fact]
    public async Task Counters_WhateverHappens_NeitherLoseNorRepeat()
    {
        var (first, last) = Environment.GetEnvironmentVariable("ACTORSHOP_SEED") is { Length: > 0 } one
            ? (ulong.Parse(one, CultureInfo.InvariantCulture), ulong.Parse(one, CultureInfo.InvariantCulture))
            : (1UL, Seeds);
        for (var seed = first; seed <= last; seed++)
        {
            await ClusterWorkload.RunAsync(seed);
        }
    }

    [Fact]
    public async Task Cluster_LeftInPeace_FailsNoCall()
    {
        var outcome = (Acknowledged: 0, Failed: 0);

        await ClusterWorkload.RunAsync(1, trouble: 0, atTheEnd: workload => outcome = workload.Outcome);

        outcome.Failed.ShouldBe(0);
        outcome.Acknowledged.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Seed_RunTwice_DoesTheSame(ulong seed)
    {
        var first = await ClusterWorkload.RunAsync(seed);
        var second = await ClusterWorkload.RunAsync(seed);

        SimulationTrace.FirstDifference(first, second).ShouldBeNull();
    }

    [Fact]
    public async Task Seed_RunInAnotherProcess_DoesTheSame() =>
        (await SecondProcess.RunAsync(["cluster", "3"])).ShouldBe([(await ClusterWorkload.RunAsync(3)).ToString()]);
}
