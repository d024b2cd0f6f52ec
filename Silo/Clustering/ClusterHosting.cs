using System.Net;
using ActorShop.Silo.Dashboard;
using ActorShop.Silo.Streams;
using ActorShop.Storage;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Makes a process a part of a cluster whose silos find each other in PostgreSQL.</summary>
public static class ClusterHosting
{
    // Orleans' providers speak to several databases, and take their driver by its name.
    private const string Driver = "Npgsql";

    /// <summary>Whether the configuration names a cluster.</summary>
    public static bool HasCluster(this IConfiguration configuration) => ShopClusterOptions.Of(configuration) is not null;

    /// <summary>Makes the process a client of the cluster that the configuration names: no grains, no state.</summary>
    /// <remarks>It waits for the database and for the first silo, in whatever order they come.</remarks>
    public static WebApplicationBuilder AddShopClient(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var cluster = builder.AddClusterOptions();
        builder.Services.AddSingleton<IClientConnectionRetryFilter, GatewayPatience>();
        builder.Host.UseOrleansClient(client =>
        {
            client
                .UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (Driver, cluster.ConnectionString))
                .AddCatalogueStream()
                .UseClusterTls(cluster.Tls);
            if (builder.HasDashboard())
            {
                client.AddShopDashboard();
            }
        });
        return builder;
    }

    /// <summary>Makes the silo a member of the cluster that the configuration names.</summary>
    internal static void JoinCluster(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<PortCheck>();
        var cluster = builder.AddClusterOptions();
        builder.Services.AddPostgresClusterClaim(cluster.ClusterId);
        builder.Services.Configure<ClusterMembershipOptions>(membership => membership.MaxJoinAttemptTime = cluster.StartPatience);
        builder.Services.Configure<EndpointOptions>(endpoints => Place(cluster, endpoints));
        builder.Host.UseOrleans(silo => silo
            .UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (Driver, cluster.ConnectionString))
            .AddCatalogueStream(Driver, cluster.ConnectionString)
            .UseClusterTls(cluster.Tls));
    }

    private static ShopClusterOptions AddClusterOptions(this WebApplicationBuilder builder)
    {
        var cluster = ShopClusterOptions.Of(builder.Configuration)
            ?? throw new OrleansConfigurationException($"{ShopClusterOptions.Section}:{nameof(ShopClusterOptions.ConnectionString)} is missing.");
        if (cluster.Check() is { } trouble)
        {
            throw new OrleansConfigurationException(trouble);
        }

        builder.Services.AddOptions<ShopClusterOptions>().BindConfiguration(ShopClusterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));

        // Before the engine, which gives up at once where there is no database yet.
        builder.Services.AddPostgresWait(cluster.ConnectionString, cluster.StartPatience);
        return cluster;
    }

    private static void Place(ShopClusterOptions cluster, EndpointOptions endpoints)
    {
        var silo = IPEndPoint.Parse(cluster.SiloEndpoint);
        var gateway = IPEndPoint.Parse(cluster.GatewayEndpoint);
        endpoints.SiloPort = silo.Port;
        endpoints.GatewayPort = gateway.Port;
        endpoints.SiloListeningEndpoint = silo;
        endpoints.GatewayListeningEndpoint = gateway;
        if (cluster.AdvertisedAddress is { Length: > 0 } advertised)
        {
            endpoints.AdvertisedIPAddress = IPAddress.Parse(advertised);
        }
        else if (!silo.Address.Equals(IPAddress.Any) && !silo.Address.Equals(IPAddress.IPv6Any))
        {
            endpoints.AdvertisedIPAddress = silo.Address;
        }
    }
}
