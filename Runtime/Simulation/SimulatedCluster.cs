using System.Diagnostics.Metrics;
using System.Globalization;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace ActorShop.Runtime.Simulation;

/// <summary>Runs silos, and a test's clients of them, on one thread under one seed and in virtual time.</summary>
/// <remarks>
/// It is the same engine and the same grains: time, chance, scheduling, the network and the stores are exchanged beneath them.
/// A run is a function of its seed and the code; what it did is its trace. See docs/SIMULATION.md for what must not be done
/// within it.
/// </remarks>
public sealed class SimulatedCluster
{
    private readonly SimulationOptions _options;
    private readonly Chance _chance;
    private readonly Action<SimulatedCluster, ISiloBuilder> _configure;
    private readonly InMemoryMembershipTable _membership = new();
    private readonly Dictionary<string, object> _shared = new(StringComparer.Ordinal);
    private readonly List<IMeterFactory> _meters = [];

    private SimulatedCluster(ulong seed, SimulationOptions options, Action<SimulatedCluster, ISiloBuilder> configure)
    {
        Seed = seed;
        _options = options;
        _configure = configure;
        _chance = new Chance(seed);
        Sink = new SimulatedTurnSink(Time, _chance.Fork("scheduler"), Trace);
        Network = new SimulatedNetwork(Time, Sink, _chance.Fork("network"), NetworkFaults);
        Clients = new SystemTurns(Sink, NullLogger.Instance);
        Silos = [.. Enumerable.Range(0, options.Silos).Select(number => new SimulatedSilo(this, number))];
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The clock.</summary>
    public SimulatedTime Time { get; } = new();

    /// <summary>What the store does.</summary>
    public SimulatedStorageFaults StorageFaults { get; } = new();

    /// <summary>What the network does.</summary>
    public SimulatedNetworkFaults NetworkFaults { get; } = new();

    /// <summary>What the membership table does.</summary>
    public SimulatedMembershipFaults MembershipFaults { get; } = new();

    /// <summary>What has been done.</summary>
    public SimulationTrace Trace { get; } = new();

    /// <summary>The silos.</summary>
    public IReadOnlyList<SimulatedSilo> Silos { get; }

    /// <summary>The services of the first silo.</summary>
    public IServiceProvider Services => Silos[0].Services;

    /// <summary>The way to the grains, through the first silo.</summary>
    public IGrainFactory Grains => Silos[0].Grains;

    internal SimulatedTurnSink Sink { get; }

    internal SimulatedNetwork Network { get; }

    /// <summary>The table as it is, past all faults: for checkers.</summary>
    internal InMemoryMembershipTable MembershipTable => _membership;

    private SystemTurns Clients { get; }

    /// <summary>Runs silos and a body that uses them, to its end.</summary>
    /// <param name="seed">What the run follows from.</param>
    /// <param name="configure">Sets up each silo.</param>
    /// <param name="body">The clients: what they do and expect. Runs within the simulation, after the start.</param>
    /// <param name="options">The shape and the bounds; by default one silo and generous bounds.</param>
    /// <returns>What was done. Throws what the body throws.</returns>
    public static Task<SimulationTrace> RunAsync(
        ulong seed, Action<SimulatedCluster, ISiloBuilder> configure, Func<SimulatedCluster, Task> body, SimulationOptions? options = null)
    {
        var outcome = new TaskCompletionSource<SimulationTrace>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own, which inherits nothing from the test: no context, no culture, no statics of a thread.
        var loop = new Thread(() =>
        {
            try
            {
                var simulation = new SimulatedCluster(seed, options ?? new SimulationOptions(), configure);
                simulation.Run(body);
                outcome.SetResult(simulation.Trace);
            }
            catch (Exception exception)
            {
                outcome.SetException(exception);
            }
        })
        { IsBackground = true, Name = "simulation" };
        loop.UnsafeStart();
        return outcome.Task;
    }

    /// <summary>A source of chance of the test's own, which shifts nothing else.</summary>
    public Func<int, int> Draws(string name)
    {
        var fork = _chance.Fork(name);
        return fork.Next;
    }

    /// <summary>Lets virtual time pass.</summary>
    public Task DelayAsync(TimeSpan time) => Task.Delay(time, Time);

    /// <summary>Lets nothing pass from one silo to another; the other direction is another matter.</summary>
    public void Block(int from, int to) => Network.Block(from, to);

    /// <summary>Lets nothing pass between two silos.</summary>
    public void Part(int one, int other)
    {
        Network.Block(one, other);
        Network.Block(other, one);
    }

    /// <summary>Breaks the connection between two silos, which they may make anew.</summary>
    public void Break(int one, int other) => Network.Break(Silos[one].Address, Silos[other].Address);

    /// <summary>Heals all links.</summary>
    public void HealNetwork() => Network.Heal();

    internal ServiceProvider Build(SimulatedSilo silo, SimulatedNode node)
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();

        // A silo by itself draws from the root, so that the seeds of runs with one silo mean what they always meant.
        var chance = _options.Silos == 1
            ? _chance
            : _chance.Fork(string.Create(CultureInfo.InvariantCulture, $"silo {silo.Number}.{node.Incarnation}"));
        var time = ClockOf(node, chance.Fork("clock"));
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time);
        services.AddSingleton<ITurnSink>(new SimulatedNodeSink(Sink, node));
        services.AddSingleton(chance.Fork("engine"));
        services.AddSingleton(new SiloEnvironment(Processors: 4));
        services.AddSingleton<IProcessLife>(new SimulatedSilo.ProcessLife(silo));
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
        if (_options.Silos > 1)
        {
            services.AddSingleton<ITransport>(Network.Create(silo.Address, node));
            services.AddSingleton<IMembershipTable>(
                new SimulatedMembershipTable(_membership, MembershipFaults, node, time, chance.Fork("membership")));
            services.Configure<SiloOptions>(options =>
                options.SiloName = string.Create(CultureInfo.InvariantCulture, $"silo {silo.Number}"));
        }

        _configure(this, OrleansSiloGenericHostExtensions.AddSilo(services, configuration));
        if (_options.SharesStores)
        {
            ShareStores(services, time, chance);
        }

        var provider = services.BuildServiceProvider();
        if (provider.GetService<IMeterFactory>() is { } meters)
        {
            _meters.Add(meters);
        }

        return provider;
    }

    private TimeProvider ClockOf(SimulatedNode node, Chance chance) => _options is { Silos: 1, HasOwnClocks: false }
        ? Time
        : new SimulatedClock(
            Time,
            node,
            rate: 1 + (((chance.NextDouble() * 2) - 1) * _options.MaxClockDrift),
            skew: _options.MaxClockSkew * ((chance.NextDouble() * 2) - 1));

    private void Run(Func<SimulatedCluster, Task> body)
    {
        try
        {
            RunToItsEnd(body);
        }
        finally
        {
            // A process that crashes disposes of nothing; and the list of all meters, which is static, would keep every world there ever was.
            _meters.ForEach(static meters => meters.Dispose());
        }
    }

    private void RunToItsEnd(Func<SimulatedCluster, Task> body)
    {
        var root = Clients.RunAsync(() => LiveAsync(body));
        while (!root.IsCompleted)
        {
            Step();
        }

        if (Sink.Escape is { } escape)
        {
            throw escape;
        }

        root.GetAwaiter().GetResult();
    }

    private void Step()
    {
        if (Sink.Escape is { } escape)
        {
            throw escape;
        }

        if (Trace.Steps > _options.MaxSteps || Time.Elapsed > _options.MaxTime)
        {
            throw new SimulationException($"Seed {Seed} went on for too long: {Trace}, {Time.Elapsed}.");
        }

        if (!Sink.IsEmpty)
        {
            Sink.RunOne();
        }
        else if (!Time.TryAdvance())
        {
            throw new SimulationException(
                $"Seed {Seed} stands still: nothing is ready and no timer is set, so work has escaped or waits for itself. {Trace}");
        }
    }

    // Each registered store is one for all silos, and each silo reaches it by a way of its own, which has faults.
    private void ShareStores(ServiceCollection services, TimeProvider time, Chance chance)
    {
        foreach (var known in services.Where(static service => service.IsKeyedService && service.ServiceType == typeof(IGrainStorage)).ToArray())
        {
            services.Remove(known);
            services.AddKeyedSingleton<IGrainStorage>(known.ServiceKey, (provider, key) => new SimulatedGrainStorage(
                Shared($"storage {key}", () => (IGrainStorage)known.KeyedImplementationFactory!(provider, key)),
                StorageFaults,
                time,
                chance.Fork($"storage {key}")));
        }

        foreach (var known in services.Where(static service => service.ServiceType == typeof(IReminderTable)).ToArray())
        {
            services.Remove(known);
            services.AddSingleton(provider => Shared("reminders", () => known.ImplementationInstance as IReminderTable
                ?? known.ImplementationFactory?.Invoke(provider) as IReminderTable
                ?? (IReminderTable)ActivatorUtilities.CreateInstance(provider, known.ImplementationType!)));
        }
    }

    private T Shared<T>(string key, Func<T> make)
        where T : class
    {
        if (!_shared.TryGetValue(key, out var known))
        {
            _shared[key] = known = make();
        }

        return (T)known;
    }

    private async Task LiveAsync(Func<SimulatedCluster, Task> body)
    {
        await Task.WhenAll(Silos.Select(static silo => silo.StartAsync()));
        await body(this);
        foreach (var silo in Silos)
        {
            if (silo.IsAlive)
            {
                silo.Resume();
                await silo.StopAsync();
            }
        }
    }
}
