using System.Globalization;
using ActorShop.Simulation.Engine;
using ActorShop.Simulation.Shop;

// Long runs of the shop, and single ones again: see docs/SIMULATION.md.
if (args is ["shop", .. var rest])
{
    return await ShopCommand.RunAsync(rest, Console.Out);
}

// The second process of DeterminismTests: runs the seeds it is given and prints a trace a line.
foreach (var seed in args)
{
    var trace = await Workload.RunAsync(ulong.Parse(seed, CultureInfo.InvariantCulture));
    Console.WriteLine(trace);
}

return 0;
