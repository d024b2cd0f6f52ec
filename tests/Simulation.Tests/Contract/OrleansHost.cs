using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
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
            builder.ConfigureSilo((_, silo) => cluster.Configure(silo));
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

        private void Configure(ISiloBuilder silo)
        {
            silo.Services.AddSingleton(Gates);
            silo.Services.AddSingleton(Storage);
            silo.Services.AddSingleton<Incarnations>();
            silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => Storage);
            silo.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.AddIncomingGrainCallFilter<RefusingFilter>();

            // As the shop's cluster is set up: quick detection of deaths, and the directory that keeps one activation per grain.
            silo.Configure<ClusterMembershipOptions>(static membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                membership.NumMissedProbesLimit = 3;
                membership.EnableConnectionLivenessCheck = false;
            });
            silo.Configure<GrainDirectoryOptions>(static directory => directory.RangeLeaseDuration = TimeSpan.Zero);
#pragma warning disable ORLEANSEXP003 // The directory is experimental.
            silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        }
    }
}
