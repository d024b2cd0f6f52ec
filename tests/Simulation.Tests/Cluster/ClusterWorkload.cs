using System.Globalization;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace ActorShop.Simulation.Cluster;

/// <summary>Clients of counters in a cluster in trouble, and what is checked of it.</summary>
internal sealed class ClusterWorkload
{
    private const int Counters = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SimulatedCluster _cluster;
    private readonly List<CounterHistory> _histories;
    private readonly ClusterInvariants _invariants;
    private readonly Nemesis _nemesis;
    private bool _ending;

    private ClusterWorkload(SimulatedCluster cluster, Trouble[]? kinds)
    {
        _cluster = cluster;
        _histories = [.. Enumerable.Range(0, Counters).Select(static n => new CounterHistory(string.Create(CultureInfo.InvariantCulture, $"counter/{n}")))];
        _invariants = new ClusterInvariants(cluster);
        _nemesis = new Nemesis(cluster, kinds);
    }

    /// <summary>How many additions were acknowledged, and how many calls failed.</summary>
    public (int Acknowledged, int Failed) Outcome => (_histories.Sum(static history => history.Acknowledged), Failed);

    /// <summary>Why the last call failed, of those that did.</summary>
    public Exception? LastFailure { get; private set; }

    private int Failed { get; set; }

    /// <summary>Runs a seed to its end; throws, with the way to see it again, where something is wrong.</summary>
    public static async Task<SimulationTrace> RunAsync(
        ulong seed, int silos = 3, int trouble = 20, Trouble[]? kinds = null, Action<ClusterWorkload>? atTheEnd = null)
    {
        ClusterWorkload? workload = null;
        try
        {
            return await SimulatedCluster.RunAsync(
                seed,
                static (_, silo) =>
                {
                    silo.AddMemoryGrainStorageAsDefault();
                    silo.UseInMemoryReminderService();
                    silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = Patience);
                    silo.Configure<EngineLimits>(static options => options.DrainTimeout = TimeSpan.FromSeconds(2));
                },
                async cluster =>
                {
                    workload = new ClusterWorkload(cluster, kinds);
                    await workload.LiveAsync(TimeSpan.FromSeconds(trouble));
                    atTheEnd?.Invoke(workload);
                },
                new SimulationOptions { Silos = silos, MaxTime = TimeSpan.FromMinutes(30), MaxSteps = 3_000_000 });
        }
        catch (Exception exception)
        {
            throw new SimulationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Seed {seed} ({silos} silos): {exception.Message}\nTo see it again: ACTORSHOP_SEED={seed} dotnet test --filter {nameof(SwarmTests)}\n{string.Join("\n", workload?._nemesis.Done ?? [])}\n{exception}"));
        }
    }

    private async Task LiveAsync(TimeSpan trouble)
    {
        var checking = _invariants.WatchAsync();
        var restarting = KeepUpAsync();
        Task[] clients = [.. Enumerable.Range(0, _cluster.Silos.Count * 2).Select(ShopAsync), .. _cluster.Silos.Select(ReadHereAsync)];
        await _nemesis.RunAsync(trouble);
        await _cluster.DelayAsync(TimeSpan.FromSeconds(3));
        _ending = true;
        foreach (var client in clients)
        {
            await client;
        }

        await restarting;
        await _cluster.DelayAsync(TimeSpan.FromSeconds(10));
        await CheckEndAsync();
        _invariants.CheckSettled();
        _invariants.Stop();
        await checking;
    }

    // Whatever has ended is started again after a while, as a supervisor would.
    private async Task KeepUpAsync()
    {
        var draw = _cluster.Draws("supervisor");
        do
        {
            await _cluster.DelayAsync(TimeSpan.FromMilliseconds(500 + draw(2_000)));
            foreach (var silo in _cluster.Silos.Where(static silo => !silo.IsAlive))
            {
                try
                {
                    await silo.StartAsync();
                }
                catch (SiloCrashedException)
                {
                    // It ended while it started: the next round tries again.
                    break;
                }
            }
        }
        while (!_ending || _cluster.Silos.Any(static silo => !silo.IsUp));
    }

    private async Task ShopAsync(int client)
    {
        var draw = _cluster.Draws(string.Create(CultureInfo.InvariantCulture, $"client {client}"));
        var silo = _cluster.Silos[client % _cluster.Silos.Count];
        while (!_ending)
        {
            await _cluster.DelayAsync(TimeSpan.FromMilliseconds(5 + draw(60)));
            if (!silo.IsUp)
            {
                continue;
            }

            var history = _histories[draw(Counters)];
            var adds = draw(3) != 0;
            var seen = history.Seen;
            var started = _cluster.Time.Elapsed;
            try
            {
                var value = await silo.AskAsync(grains => adds
                    ? grains.GetGrain<ICounterGrain>(history.Key).AddAsync()
                    : grains.GetGrain<ICounterGrain>(history.Key).ReadAsync());
                if (adds)
                {
                    history.OnAdded(value, seen);
                }
                else
                {
                    history.OnRead(value, seen);
                }
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or SiloCrashedException or IOException)
            {
                // Who asks through a silo that is stopping is told so; that is no failure of the others.
                Failed += silo.IsUp ? 1 : 0;
                LastFailure = silo.IsUp ? exception : LastFailure;
                if (adds)
                {
                    history.OnUnknown();
                }
            }

            _invariants.CheckEnded(silo, started);
        }
    }

    // Asks a silo for what it has itself: it needs nobody else to answer, and must not where others may have taken over.
    private async Task ReadHereAsync(SimulatedSilo silo)
    {
        var draw = _cluster.Draws(string.Create(CultureInfo.InvariantCulture, $"reader {silo.Number}"));
        while (!_ending)
        {
            await _cluster.DelayAsync(TimeSpan.FromMilliseconds(20 + draw(60)));
            if (!silo.IsUp || silo.IsPaused)
            {
                continue;
            }

            var here = silo.Services.GetRequiredService<SiloRuntime>().Catalog.Activations
                .Select(static activation => activation.GrainId.ToString())
                .ToHashSet(StringComparer.Ordinal);
            var histories = _histories.Where(history => here.Contains($"counter/{history.Key}")).ToArray();
            if (histories.Length == 0)
            {
                continue;
            }

            var history = histories[draw(histories.Length)];
            var (seen, started) = (history.Seen, _cluster.Time.Elapsed);
            try
            {
                history.OnRead(await silo.AskAsync(grains => grains.GetGrain<ICounterGrain>(history.Key).ReadAsync()), seen);
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or SiloCrashedException or IOException)
            {
                Failed += silo.IsUp ? 1 : 0;
                LastFailure = silo.IsUp ? exception : LastFailure;
            }

            _invariants.CheckEnded(silo, started);
        }
    }

    private async Task CheckEndAsync()
    {
        foreach (var history in _histories)
        {
            foreach (var silo in _cluster.Silos)
            {
                var seen = history.Seen;
                var value = await silo.AskAsync(grains => grains.GetGrain<ICounterGrain>(history.Key).ReadAsync());
                history.OnRead(value, seen);
                history.CheckEnd(value);
            }
        }
    }
}
