using System.Globalization;
using ActorShop.Simulation.Engine;

// The second process of DeterminismTests: runs the seeds it is given and prints a trace a line.
foreach (var seed in args)
{
    var trace = await Workload.RunAsync(ulong.Parse(seed, CultureInfo.InvariantCulture));
    Console.WriteLine(trace);
}
