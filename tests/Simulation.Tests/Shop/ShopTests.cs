using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>
/// Goal: the whole shop keeps its promises, whatever breaks beneath it, and a run of it is a function of its seed.
/// </summary>
/// <remarks>
/// Method: clients buy, cancel, refund and restock over wires that lose and delay and machines that die; checkers watch every commit and
/// compare the books at the end. A failing seed prints the command that does it again. See docs/SIMULATION.md.
/// </remarks>
[Trait("Suite", "Simulation")]
public sealed class ShopTests
{
    private const ulong Seeds = 200;

    [Fact]
    public async Task Shop_WithoutFaults_KeepsItsPromises()
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            await AssertGreenAsync(ShopPlan.Of(seed).WithoutFaults());
        }
    }

    [Fact]
    public async Task Shop_WhateverBreaks_KeepsItsPromises()
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            await AssertGreenAsync(ShopPlan.Of(seed));
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

    [Fact]
    public async Task Seed_RunInAnotherProcess_DoesTheSame()
    {
        string[] seeds = ["11", "12", "13"];
        var here = new List<string>();
        foreach (var seed in seeds)
        {
            here.Add((await ShopRun.RunAsync(ShopPlan.Of(ulong.Parse(seed, CultureInfo.InvariantCulture)))).ToString());
        }

        (await SecondProcess.RunAsync(["shop", "--traces", .. seeds])).ShouldBe(here);
    }

    private static async Task AssertGreenAsync(ShopPlan plan)
    {
        var report = await ShopRun.RunAsync(plan);
        report.IsGreen.ShouldBeTrue(report.ToString());
    }
}
