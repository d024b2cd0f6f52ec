using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;
using Orleans.Storage;

namespace ActorShop.Runtime.Simulation;

/// <summary>Runs a silo, and a test's clients of it, on one thread under one seed and in virtual time.</summary>
/// <remarks>
/// It is the same engine and the same grains: time, chance, scheduling and the store are exchanged beneath them. A run is a
/// function of its seed and the code; what it did is its trace. See docs/SIMULATION.md for what must not be done within it.
/// </remarks>
public sealed class SimulatedCluster
{
    private readonly SimulationOptions _options;
    private readonly Chance _chance;
    private readonly SimulatedTurnSink _sink;

    private SimulatedCluster(ulong seed, SimulationOptions options)
    {
        Seed = seed;
        _options = options;
        _chance = new Chance(seed);
        _sink = new SimulatedTurnSink(Time, _chance.Fork("scheduler"), Trace);
        Clients = new SystemTurns(_sink, NullLogger.Instance);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The clock.</summary>
    public SimulatedTime Time { get; } = new();

    /// <summary>What the store does.</summary>
    public SimulatedStorageFaults StorageFaults { get; } = new();

    /// <summary>What has been done.</summary>
    public SimulationTrace Trace { get; } = new();

    /// <summary>The services of the silo.</summary>
    public IServiceProvider Services { get; private set; } = null!;

    /// <summary>The way to the grains.</summary>
    public Orleans.IGrainFactory Grains => Services.GetRequiredService<Orleans.IGrainFactory>();

    private SystemTurns Clients { get; }

    /// <summary>Runs a silo and a body that uses it, to its end.</summary>
    /// <param name="seed">What the run follows from.</param>
    /// <param name="configure">Sets up the silo.</param>
    /// <param name="body">The clients: what they do and expect. Runs within the simulation, after the start.</param>
    /// <param name="options">The bounds; by default generous ones.</param>
    /// <returns>What was done. Throws what the body throws, with the seed in front.</returns>
    public static Task<SimulationTrace> RunAsync(
        ulong seed, Action<SimulatedCluster, ISiloBuilder> configure, Func<SimulatedCluster, Task> body, SimulationOptions? options = null)
    {
        var outcome = new TaskCompletionSource<SimulationTrace>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own, which inherits nothing from the test: no context, no culture, no statics of a thread.
        var loop = new Thread(() =>
        {
            try
            {
                var simulation = new SimulatedCluster(seed, options ?? new SimulationOptions());
                simulation.Run(configure, body);
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

    private void Run(Action<SimulatedCluster, ISiloBuilder> configure, Func<SimulatedCluster, Task> body)
    {
        using var services = Build(configure);
        Services = services;
        var root = Clients.RunAsync(() => LiveAsync(services, body));
        while (!root.IsCompleted)
        {
            Step();
        }

        if (_sink.Escape is { } escape)
        {
            throw escape;
        }

        root.GetAwaiter().GetResult();
    }

    private void Step()
    {
        if (_sink.Escape is { } escape)
        {
            throw escape;
        }

        if (Trace.Steps > _options.MaxSteps || Time.Elapsed > _options.MaxTime)
        {
            throw new SimulationException($"Seed {Seed} went on for too long: {Trace}, {Time.Elapsed}.");
        }

        if (!_sink.IsEmpty)
        {
            _sink.RunOne();
        }
        else if (!Time.TryAdvance())
        {
            throw new SimulationException(
                $"Seed {Seed} stands still: nothing is ready and no timer is set, so work has escaped or waits for itself. {Trace}");
        }
    }

    private ServiceProvider Build(Action<SimulatedCluster, ISiloBuilder> configure)
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ITurnSink>(_sink);
        services.AddSingleton(_chance.Fork("engine"));
        services.AddSingleton(new SiloEnvironment(Processors: 4));
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
        configure(this, OrleansSiloGenericHostExtensions.AddSilo(services, configuration));
        ReplaceStorage(services);
        return services.BuildServiceProvider();
    }

    // Each registered provider is put behind the simulated one, under its own name.
    private void ReplaceStorage(ServiceCollection services)
    {
        foreach (var known in services.Where(static service => service.IsKeyedService && service.ServiceType == typeof(IGrainStorage)).ToArray())
        {
            services.Remove(known);
            services.AddKeyedSingleton<IGrainStorage>(known.ServiceKey, (provider, key) => new SimulatedGrainStorage(
                (IGrainStorage)known.KeyedImplementationFactory!(provider, key), StorageFaults, Time, _chance.Fork($"storage {key}")));
        }
    }

    private async Task LiveAsync(ServiceProvider services, Func<SimulatedCluster, Task> body)
    {
        var hosted = services.GetServices<IHostedService>().ToArray();
        foreach (var service in hosted)
        {
            await service.StartAsync(CancellationToken.None);
        }

        await body(this);
        foreach (var service in hosted.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }
}
