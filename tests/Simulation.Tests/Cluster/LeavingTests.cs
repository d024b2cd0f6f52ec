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
}
