namespace ActorShop;

public sealed class ClusterFixture : IAsyncLifetime
{
    public ShopCluster Shop { get; private set; } = null!;

    public async Task InitializeAsync() => Shop = await ShopCluster.StartAsync();

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}
