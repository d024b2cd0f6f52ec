using ActorShop.Chaos.Network;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>Two silos and an API, whose connections to each other and to the database can be broken, for all tests of a class.</summary>
public sealed class FaultyClusterFixture : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    internal FaultNetwork Network { get; } = new(TimeProvider.System);

    public async Task InitializeAsync() => Cluster = PostgresPrograms.Absent is null ? await TestCluster.StartAsync(silos: 2, apis: 1, Network) : null!;

    public async Task DisposeAsync()
    {
        Network.Heal();
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        await Network.DisposeAsync();
    }
}
