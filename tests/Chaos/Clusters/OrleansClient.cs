using System.Net;
using ActorShop.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Streams;
using Orleans.Streams.PubSub;

namespace ActorShop.Chaos.Clusters;

/// <summary>An external client of a cluster: it reads from Orleans what no API shows.</summary>
internal sealed class OrleansClient : IAsyncDisposable
{
    private readonly IHost _host;

    private OrleansClient(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Removes every subscription to the catalogue stream, as Orleans does when an event cannot be delivered.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveCatalogueSubscriptionsAsync()
    {
        var provider = _host.Services.GetRequiredKeyedService<IStreamProvider>(ProductChanged.Provider);
        if (!provider.TryGetStreamSubscriptionManager(out var manager))
        {
            throw new InvalidOperationException("The stream has no explicit subscriptions.");
        }

        var stream = StreamId.Create(ProductChanged.Namespace, ProductChanged.Key);
        var subscriptions = (await manager.GetSubscriptions(ProductChanged.Provider, stream)).ToArray();
        foreach (var subscription in subscriptions)
        {
            await manager.RemoveSubscription(ProductChanged.Provider, stream, subscription.SubscriptionId);
        }

        return subscriptions.Length;
    }

    /// <summary>Connects to the gateway of a silo.</summary>
    public static async Task<OrleansClient> ConnectAsync(IPEndPoint gateway, string clusterId, string serviceId)
    {
        var host = Host.CreateDefaultBuilder()
            .ConfigureLogging(static logging => logging.ClearProviders())
            .UseOrleansClient(client => client
                .UseStaticClustering(gateway)
                .AddMemoryStreams(ProductChanged.Provider)
                .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, serviceId)))
            .Build();
        await host.StartAsync();
        return new OrleansClient(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
