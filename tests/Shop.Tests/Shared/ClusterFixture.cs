namespace ActorShop;

/// <summary>One cluster for the tests of a class.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public ShopCluster Shop { get; private set; } = null!;

    public async Task InitializeAsync() => Shop = await ShopCluster.StartAsync();

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}
