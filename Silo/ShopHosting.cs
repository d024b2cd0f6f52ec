using System.Net;
using ActorShop.Silo.Clustering;
using ActorShop.Silo.Dashboard;
using ActorShop.Silo.Streams;
using ActorShop.Storage;
using ActorShop.Storage.Postgres;
using ActorShop.Storage.Sqlite;

namespace ActorShop.Silo;

/// <summary>The parts of a silo. Programs call each of them, so that they show what they consist of.</summary>
public static class ShopHosting
{
    /// <summary>
    /// Adds the database: PostgreSQL with <c>Cluster:ConnectionString</c> or <c>Storage:Postgres:ConnectionString</c>, otherwise a SQLite file.
    /// </summary>
    public static WebApplicationBuilder AddShopStorage(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (ShopClusterOptions.Of(builder.Configuration) is { } cluster)
        {
            builder.Services.AddPostgresShopStorage(cluster.ConnectionString);
        }
        else if (HasPostgres(builder))
        {
            builder.Services.AddPostgresShopStorage();
        }
        else
        {
            builder.Services.AddSqliteStorage();
        }

        return builder;
    }

    /// <summary>The place of the data, for people.</summary>
    public static string DataPlace(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Configuration.HasCluster() || HasPostgres(builder)
            ? "PostgreSQL"
            : Path.GetFullPath(builder.Configuration.GetSection(SqliteOptions.Section).Get<SqliteOptions>()?.Path ?? new SqliteOptions().Path);
    }

    /// <summary>Makes the process a silo: one of a cluster with <c>Cluster:ConnectionString</c>, otherwise the only one.</summary>
    public static WebApplicationBuilder AddShopSilo(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Orleans needs its ports before the service provider exists, so they are checked before the options are.
        var ports = builder.Configuration.GetSection(SiloOptions.Section).Get<SiloOptions>() ?? new SiloOptions();
        if (ports is not { Port: > 0 and <= IPEndPoint.MaxPort, GatewayPort: > 0 and <= IPEndPoint.MaxPort })
        {
            throw new OrleansConfigurationException($"{SiloOptions.Section}:Port and {SiloOptions.Section}:GatewayPort must be from 1 to {IPEndPoint.MaxPort}.");
        }

        builder.Services.AddSettings<SiloOptions>(SiloOptions.Section);
        if (builder.Configuration.HasCluster())
        {
            builder.JoinCluster();
        }
        else
        {
            // Orleans shares a port with another process that listens there.
            FreePort.Ensure($"{SiloOptions.Section}:{nameof(SiloOptions.Port)}", new(IPAddress.Loopback, ports.Port));
            FreePort.Ensure($"{SiloOptions.Section}:{nameof(SiloOptions.GatewayPort)}", new(IPAddress.Loopback, ports.GatewayPort));
            CachedInterfaceTypes.AddTo(builder.Services);
            builder.Host.UseOrleans(silo => silo.UseLocalhostClustering(ports.Port, ports.GatewayPort).AddVersion().AddCatalogueStream());
        }

        if (builder.HasDashboard())
        {
            builder.Host.UseOrleans(static silo => silo.AddShopDashboard());
        }

        return builder;
    }

    /// <summary>Adds the grains and the background work: due work, projections, the sample catalogue.</summary>
    public static WebApplicationBuilder AddShop(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddShopOptions();
        builder.Services.AddShopGrains();
        builder.Services.AddHostedService<SiloWorkers>();
        builder.Services.AddHostedService<SampleCatalogueImport>();
        return builder;
    }

    internal static void AddShopOptions(this WebApplicationBuilder builder) => builder.Services.AddSettings<ShopOptions>(ShopOptions.Section)
        .PostConfigure<IConfiguration, IHostEnvironment>(static (shop, configuration, environment) =>
            shop.SampleCatalogue ??= environment.IsDevelopment() && !configuration.HasCluster());

    private static bool HasPostgres(WebApplicationBuilder builder) =>
        builder.Configuration[$"{PostgresOptions.Section}:{nameof(PostgresOptions.ConnectionString)}"] is { Length: > 0 };
}
