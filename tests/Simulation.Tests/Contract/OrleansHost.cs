using ActorShop.Simulation.Real;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace ActorShop.Simulation.Contract;

/// <summary>Orleans' own host: silos in this process. Tests of one silo share a cluster; others have their own.</summary>
public sealed class OrleansHost : IContractHost, IAsyncLifetime
{
    private Cluster? _shared;

    public async Task RunAsync(Func<ContractCluster, Task> body, int silos = 1)
    {
        if (silos == 1)
        {
            await body(_shared!);
            return;
        }

        await using var own = await Cluster.StartAsync(silos);
        await body(own);
    }

    public async Task InitializeAsync() => _shared = await Cluster.StartAsync(silos: 1);

    public async Task DisposeAsync() => await _shared!.DisposeAsync();

    private sealed class Cluster : ContractCluster, IAsyncDisposable
    {
        private readonly List<InProcessSiloHandle> _silos = [];
        private InProcessTestCluster _cluster = null!;

        public override Gates Gates { get; } = new(TimeProvider.System, TaskCreationOptions.RunContinuationsAsynchronously);

        public override ContractStorage Storage { get; } = new();

        public override IReadOnlyList<int> Living =>
            [.. Enumerable.Range(0, _silos.Count).Where(silo => _silos[silo].IsActive)];

        protected override string Prefix { get; } = $"key/{Guid.NewGuid():N}";

        public static async Task<Cluster> StartAsync(int silos)
        {
            var cluster = new Cluster();
            var builder = new InProcessTestClusterBuilder((short)silos);
            builder.ConfigureSilo((_, silo) =>
            {
                cluster.AddContract(silo);
                silo.UseClusterOfTheShop();
            });
            cluster._cluster = builder.Build();
            await cluster._cluster.DeployAsync();
            cluster._silos.AddRange(cluster._cluster.Silos);
            return cluster;
        }

        public override IGrainFactory Grains => GrainsOf(0);

        public override Task<T> AskAsync<T>(int silo, Func<IGrainFactory, Task<T>> ask) => ask(GrainsOf(silo));

        public override async Task JoinAsync() => _silos.AddRange(await _cluster.StartSilosAsync(1));

        public override Task StopAsync(int silo) => _cluster.StopSiloAsync(_silos[silo]);

        public override Task KillAsync(int silo) => _cluster.KillSiloAsync(_silos[silo]);

        public override Task DelayAsync(TimeSpan time) => Task.Delay(time);

        public async ValueTask DisposeAsync()
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
        }

        private IGrainFactory GrainsOf(int silo) => _silos[silo].ServiceProvider.GetRequiredService<IGrainFactory>();
    }
}
