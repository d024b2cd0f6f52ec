using System.Globalization;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Simulation.Cluster;

/// <summary>A grain that says where it is.</summary>
public interface IPlacedGrain : IGrainWithStringKey
{
    Task<string> WhereAsync();
}

public sealed class PlacedGrain(IOptions<SiloOptions> silo) : Grain, IPlacedGrain
{
    public Task<string> WhereAsync() => Task.FromResult(silo.Value.SiloName);
}

/// <summary>How evenly something is spread over silos.</summary>
/// <param name="Name">What, and when.</param>
/// <param name="Counts">How much of it each silo has.</param>
internal sealed record Spread(string Name, IReadOnlyList<int> Counts)
{
    private const int CallsPerGrain = 3;

    private static readonly int Callers = 64;

    /// <summary>The fullest silo against the mean: 1 is even.</summary>
    public double MaxOverMean => Counts.Max() / Counts.Average();

    /// <summary>The standard deviation against the mean: 0 is even.</summary>
    public double Variation => Math.Sqrt(Counts.Average(count => Math.Pow(count - Counts.Average(), 2))) / Counts.Average();

    /// <summary>Places grains on three equal silos, then on four, then takes one away; calls come from all silos.</summary>
    /// <param name="grains">How many grains are new at each step.</param>
    public static async Task<IReadOnlyList<Spread>> MeasureAsync(int grains)
    {
        var spreads = new List<Spread>();
        await SimulatedCluster.RunAsync(
            seed: 1,
            static (_, _) => { },
            async cluster =>
            {
                await cluster.Silos[3].StopAsync();
                var calls = await CallAsync(cluster, 0, grains, CallsPerGrain);
                spreads.Add(new($"activations, {grains} grains on 3 silos", Placed(cluster)));
                spreads.Add(new($"calls, {CallsPerGrain} to each of them", [.. cluster.Silos.Take(3).Select(silo => calls.GetValueOrDefault(NameOf(silo)))]));

                await cluster.Silos[3].StartAsync();
                var before = Placed(cluster);
                await CallAsync(cluster, grains, grains, CallsPerGrain);
                spreads.Add(new($"new activations, {grains} grains more after a fourth joined", [.. Placed(cluster).Zip(before, static (now, then) => now - then)]));
                spreads.Add(new("all activations then", Placed(cluster)));

                await cluster.Silos[1].StopAsync();
                var moved = await CallAsync(cluster, 0, grains * 2, 1);
                moved.Values.Sum().ShouldBe(grains * 2);
                spreads.Add(new("all activations after one of the four left and all were called", Placed(cluster)));
            },
            new SimulationOptions { Silos = 4, MaxTime = TimeSpan.FromHours(1), MaxSteps = 100_000_000 });
        return spreads;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {Name} | {string.Join(" / ", Counts)} | {MaxOverMean:0.000} | {Variation:0.000} |");

    private static string NameOf(SimulatedSilo silo) => string.Create(CultureInfo.InvariantCulture, $"silo {silo.Number}");

    private static IReadOnlyList<int> Placed(SimulatedCluster cluster) =>
    [
        .. cluster.Silos
            .Where(static silo => silo.IsUp)
            .Select(static silo => silo.Services.GetRequiredService<SiloRuntime>().Catalog.Activations.Count(static activation => activation.GrainInstance is PlacedGrain)),
    ];

    // Where the calls have run.
    private static async Task<Dictionary<string, int>> CallAsync(SimulatedCluster cluster, int from, int count, int times)
    {
        var ran = new Dictionary<string, int>(StringComparer.Ordinal);
        var silos = cluster.Silos.Where(static silo => silo.IsUp).ToArray();
        var next = 0;
        var callers = Enumerable.Range(0, Callers).Select(async caller =>
        {
            while (next < count * times)
            {
                var call = next++;
                var key = string.Create(CultureInfo.InvariantCulture, $"placed/{from + (call % count)}");
                var where = await silos[caller % silos.Length].AskAsync(grains => grains.GetGrain<IPlacedGrain>(key).WhereAsync());
                ran[where] = ran.GetValueOrDefault(where) + 1;
            }
        }).ToArray();
        foreach (var caller in callers)
        {
            await caller;
        }

        return ran;
    }
}
