using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: an API that is an external client serves the shop, and goes on when a silo does not. Method: two silos and an API in that role as processes; one silo is
/// killed while customers count in carts.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class ClientRoleTests
{
    private const int Carts = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [ClusterFact]
    public async Task ApiThatIsAnExternalClient_GoesOnWhenASiloIsKilled()
    {
        var folder = Directory.CreateTempSubdirectory("actorshop-cluster-");
        using var cluster = await LocalCluster.StartAsync(
            folder.FullName,
            new ClusterPlan(Silos: 2, Apis: 1, HostPrograms.Find(folder: null))
            {
                Patience = Patience,
                Settings = ClusterFixture.Settings.SetItem("Cluster__Role", "Client"),
            },
            TimeProvider.System,
            static _ => { },
            CancellationToken.None);
        try
        {
            using var api = new HttpClient { BaseAddress = new Uri($"http://{cluster.State.Member("api-1").Address}"), Timeout = TimeSpan.FromSeconds(60) };
            await Customers.StockUpAsync(api, 1_000);
            (await Customers.BuyOneAsync(api)).Failure.ShouldBeNull();
            var carts = await Task.WhenAll(Enumerable.Range(0, Carts).Select(_ => CountingCart.OpenAsync(api)));
            using var stop = new CancellationTokenSource();
            var counting = carts.Select(cart => Task.Run(() => cart.CountAsync(stop.Token))).ToArray();
            await UntilMoreAsync(carts);

            await cluster.KillAsync("silo-2");
            await UntilMoreAsync(carts);

            await stop.CancelAsync();
            await Task.WhenAll(counting);
            carts.Select(static cart => cart.Lie).OfType<string>().ShouldBeEmpty();
            (await Customers.BuyOneAsync(api)).Failure.ShouldBeNull();
        }
        finally
        {
            await cluster.StopAllAsync(TimeSpan.FromSeconds(30));
            folder.Delete(recursive: true);
        }
    }

    private static async Task UntilMoreAsync(CountingCart[] carts)
    {
        using var limit = new CancellationTokenSource(Patience);
        var before = carts.Select(static cart => cart.Told).ToArray();
        while (!carts.Zip(before).All(static pair => pair.First.Told >= pair.Second + 3))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }
}
