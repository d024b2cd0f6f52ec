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

    /// <summary>The way to the grains; throws where no process runs.</summary>
    public IGrainFactory Grains => _process is { IsStarted: true } process
        ? process.Services.GetRequiredService<IGrainFactory>()
        : throw new Orleans.Runtime.SiloUnavailableException($"Machine {number} does not run.");

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
            ShopSilo.Configure(OrleansSiloGenericHostExtensions.AddSilo(services, configuration), world, number, identity);
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
            _death.TrySetResult();

            // Those outside see their connections break; within, nobody is left to see anything.
            Services.GetRequiredService<SiloRuntime>().Calls.FailAll(
                static message => new Orleans.Runtime.SiloUnavailableException($"The connection broke before {message} was answered."));
        }
    }
}
