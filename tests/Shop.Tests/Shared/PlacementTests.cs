using ActorShop.Inventory;

namespace ActorShop;

/// <summary>Goal: the first grains of a cluster spread evenly. Method: three equal silos that have just started; stocks are asked for, and counted by silo.</summary>
public sealed class PlacementTests
{
    private const int Silos = 3;
    private const int Stocks = 600;

    [Fact]
    public async Task FirstGrains_OfEqualSilos_SpreadEvenly()
    {
        await using var cluster = await ShopCluster.StartAsync(silos: Silos);
        await Task.WhenAll(Enumerable.Range(0, Stocks).Select(number => cluster.Grains.Stock(new Sku($"SKU-{number}")).GetAsync()));

        var counts = (await cluster.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
            .Where(static row => row.GrainType.Contains("Stock", StringComparison.Ordinal))
            .Select(static row => row.ActivationCount)
            .Order()
            .ToArray();

        // A share of 200 with a standard deviation of 12; less than 140 comes once in a million runs.
        counts.Length.ShouldBe(Silos, string.Join(" ", counts));
        counts.Sum().ShouldBe(Stocks);
        counts[0].ShouldBeGreaterThan(140, string.Join(" ", counts));
    }
}
