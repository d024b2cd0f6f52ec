namespace ActorShop.Simulation.Cluster;

/// <summary>Goal: equal silos have equal work, by the default placement. Method: many grains of one kind, called from all silos.</summary>
[Trait("Suite", "Simulation")]
public sealed class SpreadTests
{
    [Fact]
    public async Task Grains_SpreadEvenly_ANewSiloTakesItsShare_AndOneThatLeavesLosesNone()
    {
        var spreads = await Spread.MeasureAsync(grains: 2_000);

        var (three, calls, added, four, left) = (spreads[0], spreads[1], spreads[2], spreads[3], spreads[4]);
        three.Counts.Sum().ShouldBe(2_000);
        three.MaxOverMean.ShouldBeLessThan(1.1);
        calls.MaxOverMean.ShouldBeLessThan(1.1);

        // The new one is the emptier wherever it is one of the two candidates, until it has caught up.
        added.Counts[3].ShouldBeGreaterThan(2_000 / 4);
        four.Counts.Sum().ShouldBe(4_000);
        four.MaxOverMean.ShouldBeLessThan(1.2);
        left.Counts.Sum().ShouldBe(4_000);
        left.MaxOverMean.ShouldBeLessThan(1.2);
    }
}
