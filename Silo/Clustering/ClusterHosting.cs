using System.Net;
using ActorShop.Health;
using ActorShop.Silo.Dashboard;
using ActorShop.Silo.Streams;
using ActorShop.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Makes a process part of a cluster whose members find each other in PostgreSQL.</summary>
public static class ClusterHosting
{
    // Orleans' providers support several databases, and find the driver by this name.
    private const string Driver = "Npgsql";

    public static bool HasCluster(this IConfiguration configuration) => ShopClusterOptions.Of(configuration) is not null;

    /// <summary>Joins an API, without grains or state, to the cluster of the configuration. It waits for the database and for the first silo.</summary>
    public static WebApplicationBuilder AddShopCluster(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var cluster = builder.AddCluster();
        if (cluster.Role is ClusterRole.Client)
        {
            builder.AddClient(cluster);
        }
        else
        {
            builder.AddMemberWithoutGrains(cluster);
        }

        return builder;
    }

    internal static void JoinCluster(this WebApplicationBuilder builder)
    {
        var cluster = builder.AddCluster();
        builder.AddMember(cluster, cluster.SiloAt(), IPEndPoint.Parse(cluster.GatewayEndpoint));
        builder.AddHealthAgent(cluster);
        builder.Host.UseOrleans(silo => silo.JoinBy(cluster).AddGrainService<HealthService>());
    }

    private static void AddMemberWithoutGrains(this WebApplicationBuilder builder, ShopClusterOptions cluster)
    {
        builder.AddMember(cluster, cluster.ApiAt(), gateway: null);
        builder.Host.UseOrleans(silo =>
        {
            silo.JoinBy(cluster);
            if (builder.HasDashboard())
            {
                silo.AddShopDashboard();
            }
        });

        // The API references the grains for the shop in one process; here only Orleans' own grains may be placed.
        // Orleans' own stay, those of streams too: an API that starts before the first silo may be the one that reads the stream's queue, and Orleans does
        // not try again if there is no grain for the queue.
        builder.Services.PostConfigure<GrainTypeOptions>(static types => types.Classes.RemoveWhere(
            static type => type.Assembly != typeof(Orleans.Runtime.Silo).Assembly && type.Assembly != typeof(Orleans.Streams.IStreamProvider).Assembly));
        builder.Services.AddHostedService<FirstSilo>();
    }

    private static void AddClient(this WebApplicationBuilder builder, ShopClusterOptions cluster)
    {
        builder.Services.AddSingleton<IClientConnectionRetryFilter, FirstSilo>();
        builder.Services.AddOptions<ClientMessagingOptions>()
            .Configure<IOptions<CallOptions>>(static (messaging, calls) => messaging.ResponseTimeout = calls.Value.ClientResponseTimeout);
        builder.Services.AddOptions<GatewayOptions>()
            .Configure<IOptions<CallOptions>>(static (gateways, calls) => gateways.GatewayListRefreshPeriod = calls.Value.GatewayRefresh);
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
    }

    private static ShopClusterOptions AddCluster(this WebApplicationBuilder builder)
    {
        var cluster = ShopClusterOptions.Of(builder.Configuration)
            ?? throw new OrleansConfigurationException($"{ShopClusterOptions.Section}:{nameof(ShopClusterOptions.ConnectionString)} is missing.");
        if (cluster.Check() is { } trouble)
        {
            throw new OrleansConfigurationException(trouble);
        }

        builder.Services.AddSettings<ShopClusterOptions>(ShopClusterOptions.Section);
        builder.Services.AddSettings<CallOptions>(CallOptions.Section);
        builder.Services.AddSettings<FailureDetectionOptions>(FailureDetectionOptions.Section)
            .Validate(static detection => detection.Check() is null, $"{FailureDetectionOptions.Section}: two values do not fit together; see FailureDetectionOptions.");
        builder.Services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));

        CachedInterfaceTypes.AddTo(builder.Services);

        // Before Orleans, which fails at once without a database.
        builder.Services.AddPostgresWait(cluster.ConnectionString, cluster.StartPatience);
        return cluster;
    }

    private static void AddMember(this WebApplicationBuilder builder, ShopClusterOptions cluster, IPEndPoint silo, IPEndPoint? gateway)
    {
        var services = builder.Services;
        services.AddHostedService<PortCheck>();
        services.AddPostgresClusterClaim(cluster.ClusterId);
        services.AddOptions<ClusterMembershipOptions>().Configure<IOptions<FailureDetectionOptions>>((membership, detection) =>
        {
            detection.Value.ApplyTo(membership);
            membership.MaxJoinAttemptTime = cluster.StartPatience;
        });
        services.AddOptions<SiloMessagingOptions>().Configure<IOptions<CallOptions>>(static (messaging, calls) =>
        {
            messaging.ResponseTimeout = calls.Value.ResponseTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker = calls.Value.RequestsPerGrain;
        });

        // Versions in the database decide between two activations of a grain, so there is no need to delay the grains of a dead silo.
        services.Configure<GrainDirectoryOptions>(static directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        services.Configure<EndpointOptions>(endpoints => Place(cluster, silo, gateway, endpoints));
        services.AddSingleton<ProcessEnd>();
        services.AddSingleton<IFatalErrorHandler>(static provider => provider.GetRequiredService<ProcessEnd>());
    }

    private static ISiloBuilder JoinBy(this ISiloBuilder silo, ShopClusterOptions cluster)
    {
        silo.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (Driver, cluster.ConnectionString));
        var table = silo.Services.Last(static service => service.ServiceType == typeof(IMembershipTable));
        silo.Services.Remove(table);
        silo.Services.AddSingleton<IMembershipTable>(provider => ActivatorUtilities.CreateInstance<PatientMembershipTable>(
            provider, ActivatorUtilities.CreateInstance(provider, table.ImplementationType!)));
#pragma warning disable ORLEANSEXP003 // The directory is experimental. The default one forgets a third of the grains with each of three silos.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        return silo.AddVersion().AddCatalogueStream(Driver, cluster.ConnectionString).UseClusterTls(cluster.Tls);
    }

    private static void AddHealthAgent(this WebApplicationBuilder builder, ShopClusterOptions cluster)
    {
        var services = builder.Services;
        services.AddSettings<HealthOptions>(HealthOptions.Section)
            .Validate(static health => health.Check() is null, $"{HealthOptions.Section}: two values do not fit together; see HealthOptions.");
        services.AddPostgresMembershipReader(cluster.ConnectionString!);
        services.AddSingleton<IOtherMembers, OtherMembers>();
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<HealthAgent>(provider, provider.GetRequiredService<IOptions<HealthOptions>>().Value));
        services.AddSingleton<IIncomingGrainCallFilter, CutOffFilter>();
        services.AddSingleton<HealthThread>();
        services.AddSingleton<IHealthCheckParticipant>(static provider => provider.GetRequiredService<HealthThread>());
        services.AddHostedService(static provider => provider.GetRequiredService<HealthThread>());
        services.TryAddSingleton(TimeProvider.System);
    }

    private static void Place(ShopClusterOptions cluster, IPEndPoint silo, IPEndPoint? gateway, EndpointOptions endpoints)
    {
        endpoints.SiloPort = silo.Port;
        endpoints.SiloListeningEndpoint = silo;
        endpoints.GatewayPort = gateway?.Port ?? 0;
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
