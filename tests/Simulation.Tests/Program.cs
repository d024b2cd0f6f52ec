using System.Globalization;
using ActorShop.Simulation.Cluster;
using ActorShop.Simulation.Engine;
using ActorShop.Simulation.Shop;

// Long runs of the shop, and single ones again: see docs/SIMULATION.md.
if (args is ["shop", .. var rest])
{
    return await ShopCommand.RunAsync(rest, Console.Out);
}

// How evenly grains are spread over silos: docs/benchmarks/spread.md.
if (args is ["spread", .. var count])
{
    foreach (var spread in await Spread.MeasureAsync(count is [var grains] ? int.Parse(grains, CultureInfo.InvariantCulture) : 12_000))
    {
        Console.WriteLine(spread);
    }

    return 0;
}

// The second process of the tests of determinism: runs the seeds it is given and prints a trace a line. After the word
// "cluster" they are seeds of the cluster's workload, and two numbers around ".." are all from one to the other.
var ofCluster = args is ["cluster", ..];
foreach (var seed in args.Skip(ofCluster ? 1 : 0).SelectMany(SeedsOf))
{
    try
    {
        Console.WriteLine(ofCluster ? await ClusterWorkload.RunAsync(seed) : await Workload.RunAsync(seed));
    }
    catch (Exception exception)
    {
        Console.WriteLine(exception.Message);
    }
}

static IEnumerable<ulong> SeedsOf(string text)
{
    var range = text.Split("..").Select(static number => ulong.Parse(number, CultureInfo.InvariantCulture)).ToArray();
    for (var seed = range[0]; seed <= range[^1]; seed++)
    {
        yield return seed;
    }
}

return 0;
