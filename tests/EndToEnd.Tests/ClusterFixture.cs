using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>Three silos and two APIs for all tests of a class; each test leaves them running.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = PostgresPrograms.Absent is null ? await TestCluster.StartAsync(silos: 3, apis: 2) : null!;

    public async Task DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }
    }
}
