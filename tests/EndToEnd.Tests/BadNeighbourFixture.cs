using ActorShop.Chaos.Network;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>Two silos and an API whose ways to each other and to the database can be broken, for all tests of a class.</summary>
public sealed class BadNeighbourFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-cluster-");
    private LocalCluster? _cluster;

    internal LocalCluster Cluster => _cluster!;

    internal FaultNetwork Network { get; } = new(TimeProvider.System);

    public async Task InitializeAsync()
    {
        if (ClusterFixture.Absent is null)
        {
            _cluster = await LocalCluster.StartAsync(
                _folder.FullName,
                new ClusterPlan(Silos: 2, Apis: 1, HostPrograms.Find(folder: null))
                {
                    Patience = TimeSpan.FromMinutes(3),
                    Detour = Network.Lay,
                    Settings = ClusterFixture.Settings,
                },
                TimeProvider.System,
                static _ => { },
                CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            Network.Heal();
            await _cluster.StopAllAsync(TimeSpan.FromSeconds(60));
            _cluster.Dispose();
        }

        await Network.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
