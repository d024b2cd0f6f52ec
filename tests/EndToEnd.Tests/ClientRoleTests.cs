namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: an API that is an external client serves the shop, also after a silo is lost. Method: two silos and an API in that role as processes;
/// one silo is killed while customers count in carts.
/// </summary>
[Trait("Suite", "EndToEnd"), Collection(QuietCollection.Name)]
public sealed class ClientRoleTests
{
    [PostgresFact]
    public async Task ExternalClient_ServesRequests_WhenASiloIsKilled()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, apis: 1, network: null, ("Cluster__Role", "Client"));
        using var api = cluster.Api();
        await Buyers.StockUpAsync(api);
        (await Buyers.BuyOneAsync(api)).Failure.ShouldBeNull();
        await using var carts = await CountingCarts.StartAsync(api);

        await cluster.Cluster.KillAsync("silo-2");

        await carts.EndAsync();
        (await Buyers.BuyOneAsync(api)).Failure.ShouldBeNull();
    }
}
