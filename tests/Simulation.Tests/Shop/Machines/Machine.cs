using System.Globalization;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorShop.Simulation.Shop;

/// <summary>A machine that runs one silo after another: it starts, dies without a word, stands still, and starts again.</summary>
/// <remarks>
/// What a process loses by its death is lost here: turns that wait, timers, calls. What it had sent to others arrives all the same.
/// </remarks>
internal sealed class Machine(World world, int number)
{
    private Process? _process;
    private int _generation;

    public int Number => number;

    /// <summary>Whether a process runs, standing still or not.</summary>
    public bool IsUp => _process is { IsStarted: true };

    /// <summary>Asks this machine. What it had not said by its death it never says: whoever asked learns that its connection broke.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<IGrainFactory, Task<TAnswer>> ask)
    {
        if (_process is not { IsStarted: true } process)
        {
            throw new SiloUnavailableException($"Machine {number} does not run.");
        }

        var answer = ask(process.Services.GetRequiredService<IGrainFactory>());
        await Task.WhenAny(answer, process.Death);
        return answer.IsCompleted ? await answer : throw new SiloUnavailableException($"Machine {number} died before it answered.");
    }

    /// <summary>Starts a silo on what is durable; completes when it answers, or has died before it did.</summary>
    public async Task StartAsync()
    {
        var process = new Process(world, number, string.Create(CultureInfo.InvariantCulture, $"{number}/{++_generation}"));
        _process = process;
        await Task.WhenAny(process.StartAsync(), process.Death);
    }

    /// <summary>The process ends at this instant.</summary>
    public void Kill()
    {
        var process = _process;
        _process = null;
        process?.Kill();
    }

    /// <summary>The process stands still until <see cref="Resume"/>: what comes for it piles up.</summary>
    public void Pause() => _process?.Life.Pause();

    /// <summary>The process goes on, and takes itself to be where it was.</summary>
    public void Resume() => _process?.Life.Resume();

    private sealed class Process
    {
        // Not asynchronously: what waits for it through WhenAny would hop through the thread pool.
        private readonly TaskCompletionSource _death = new();
        private readonly List<Wire> _wires = [];

        public Process(World world, int number, string identity)
        {
            var cluster = world.Cluster;
            var sink = cluster.Services.GetRequiredService<ITurnSink>();
            Life = new(sink, cluster.Time);
            Life.Time.Skew = world.Plan.Skew * (cluster.Draws($"clock of {identity}")(2_001) - 1_000) / 1_000;
            var services = new ServiceCollection();
            var configuration = new ConfigurationBuilder().Build();
            services.AddSingleton<IConfiguration>(configuration);
            services.AddSingleton<TimeProvider>(Life.Time);
            services.AddSingleton<ITurnSink>(Life);
            services.AddSingleton(cluster.Services.GetRequiredService<Runtime.Hosting.Chance>().Fork(identity));
            services.AddSingleton(new SiloEnvironment(Processors: 4));
            services.AddSingleton(cluster.Services.GetRequiredService<GrainManifests>());
            services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
            ShopSilo.Configure(OrleansSiloGenericHostExtensions.AddSilo(services, configuration), world, number, identity, (to, faults) =>
            {
                var wire = new Wire(cluster.Time, cluster.Draws($"{to} of {identity}"), faults);
                _wires.Add(wire);
                return wire;
            });
            Services = services.BuildServiceProvider();
        }

        public Life Life { get; }

        public ServiceProvider Services { get; }

        public bool IsStarted { get; private set; }

        public Task Death => _death.Task;

        public async Task StartAsync()
        {
            foreach (var service in Services.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
            }

            IsStarted = true;
            await ShopSilo.BeginAsync(Services.GetRequiredService<IGrainFactory>());
        }

        public void Kill()
        {
            Life.End();
            _wires.ForEach(static wire => wire.Cut());
            _death.TrySetResult();
        }
    }
}
