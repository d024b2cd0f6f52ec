using System.Globalization;
using ActorShop.Simulation.Shop;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace ActorShop.Simulation.Real;

/// <summary>The world of a run on real silos: Orleans' own, in this process, in real time. Clients take turns on one scheduler, as in a simulation.</summary>
internal sealed class RealWorld : World, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Randomness _randomness;
    private readonly Dictionary<string, List<Wire>> _wires = new(StringComparer.Ordinal);
    private readonly List<InProcessSiloHandle> _silos = [];
    private readonly List<CancellationTokenSource> _workers = [];
    private InProcessTestCluster _cluster = null!;
    private DateTimeOffset _lastFault;

    private RealWorld(ShopPlan plan)
        : base(plan, TimeProvider.System) => _randomness = new(plan.Seed);

    // A silo that was killed in this process may have an answer on its way.
    public override bool MayReadStale => Time.GetUtcNow() - _lastFault < TimeSpan.FromSeconds(1);

    public override int SiloCount => _silos.Count;

    public static async Task<RealWorld> StartAsync(ShopPlan plan)
    {
        var world = new RealWorld(plan);
        var builder = new InProcessTestClusterBuilder((short)plan.Machines);
        builder.ConfigureSilo((options, silo) => world.Configure(options.SiloName, silo));
        world._cluster = builder.Build();
        await world._cluster.DeployAsync();
        foreach (var silo in world._cluster.Silos)
        {
            world.Begin(silo);
        }

        return world;
    }

    public override Func<int, int> Draws(string name) => _randomness.Fork(name).Next;

    public override Task DelayAsync(TimeSpan time) => Task.Delay(time, Time);

    public override async Task<TAnswer> AskAsync<TAnswer>(int silo, Func<IGrainFactory, Task<TAnswer>> ask)
    {
        var handle = _silos[silo % _silos.Count];
        try
        {
            return await ask(handle.ServiceProvider.GetRequiredService<IGrainFactory>()).WaitAsync(Patience, Time);
        }
        catch (Exception fault) when (!handle.IsActive && fault is InvalidOperationException)
        {
            // Its services are gone.
            throw new SiloCrashedException(silo);
        }
    }

    public Task KillAsync(int silo, TimeSpan time) => ReplaceAsync(silo, time, _cluster.KillSiloAsync);

    public Task StopAsync(int silo, TimeSpan time) => ReplaceAsync(silo, time, _cluster.StopSiloAsync);

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(static worker => worker.Cancel());
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private async Task ReplaceAsync(int silo, TimeSpan time, Func<InProcessSiloHandle, Task> end)
    {
        var handle = _silos[silo];
        _lastFault = Time.GetUtcNow();
        await _workers[silo].CancelAsync();
        _silos.RemoveAt(silo);
        _workers.RemoveAt(silo);
        await end(handle);
        _wires[handle.Name].ForEach(static wire => wire.Cut());
        _lastFault = Time.GetUtcNow();
        await DelayAsync(time);
        foreach (var started in await _cluster.StartSilosAsync(1))
        {
            Begin(started);
        }
    }

    private void Configure(string name, ISiloBuilder silo)
    {
        var wires = _wires[name] = [];
        ShopSilo.Configure(silo, this, machine: int.Parse(name.AsSpan(name.LastIndexOf('_') + 1), CultureInfo.InvariantCulture), name, (to, faults) =>
        {
            var wire = new Wire(Time, Draws($"{to} of {name}"), faults, Gate);
            wires.Add(wire);
            return wire;
        });

        silo.UseClusterOfTheShop();
    }

    private void Begin(InProcessSiloHandle silo)
    {
        var stop = new CancellationTokenSource();
        _silos.Add(silo);
        _workers.Add(stop);
        foreach (var worker in silo.ServiceProvider.GetServices<IWorker>())
        {
            _ = Task.Run(() => RunAsync(worker, stop.Token), CancellationToken.None);
        }
    }

    private async Task RunAsync(IWorker worker, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(await worker.RunOnceAsync(), Time, stop);
        }
    }
}
