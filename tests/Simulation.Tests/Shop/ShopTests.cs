using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Shop;

/// <summary>
/// Goal: the whole shop keeps its promises, whatever breaks beneath it, and a run of it is a function of its seed.
/// </summary>
/// <remarks>
/// Method: clients buy, cancel, refund and restock over wires that lose and delay and machines that die; checkers watch every commit and
/// compare the books at the end. A failing seed prints the command that does it again.
/// </remarks>
[Trait("Suite", "Simulation")]
public sealed class ShopTests
{
    [Fact]
    public async Task Shop_WithoutFaults_KeepsItsPromises()
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var report = await ShopRun.RunAsync(ShopPlan.Of(seed).WithoutFaults());
            report.IsGreen.ShouldBeTrue(report.ToString());
        }
    }

    [Fact]
    public async Task Seed_RunTwice_DoesTheSame()
    {
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var first = await ShopRun.RunAsync(ShopPlan.Of(seed));
            var second = await ShopRun.RunAsync(ShopPlan.Of(seed));
            SimulationTrace.FirstDifference(first.Trace!, second.Trace!).ShouldBeNull();
        }
    }
}
