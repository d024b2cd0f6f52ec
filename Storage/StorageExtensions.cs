using ActorShop.Health;
using ActorShop.Reporting;
using ActorShop.Storage.Postgres;
using ActorShop.Storage.ReadModels;
using ActorShop.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace ActorShop.Storage;

/// <summary>Stores a shop in a database.</summary>
public static class StorageExtensions
{
    /// <summary>Stores the shop in a SQLite file: the default grain storage, the event and due tables and the read models.</summary>
    /// <remarks>
    /// For one silo in one process. The first use opens the database, and creates or migrates it where needed. The container closes it after
    /// everything in the queue is written.
    /// </remarks>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteOptions>? configure = null)
    {
        services.AddSettings<SqliteOptions>(SqliteOptions.Section).Configure(configure ?? (static _ => { }));
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IDueTable, SqliteDueTable>();
        return services.AddShopTables();
    }

    /// <summary>Stores the shop in a PostgreSQL database: the default grain storage, the event and due tables and the read models.</summary>
    /// <remarks>
    /// For any number of silos. The operator brings the schema to the database by <c>database migrate</c>; a silo whose schema is older or
    /// newer does not start. While the database is away, operations fail, and nothing else does.
    /// </remarks>
    /// <param name="connectionString">How to reach the database; null where the configuration says it.</param>
    public static IServiceCollection AddPostgresShopStorage(
        this IServiceCollection services, string? connectionString = null, Action<PostgresOptions>? configure = null)
    {
        services.AddPostgresDatabase(connectionString, configure);
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddSingleton<IDueTable, PostgresDueTable>();
        return services.AddShopTables();
    }

    /// <summary>Registers what the health agent reads: this silo's row of the membership table, on a connection of its own.</summary>
    public static IServiceCollection AddPostgresMembershipReader(this IServiceCollection services, string connectionString) =>
        services.AddSingleton<IMembershipReader>(provider =>
        {
            var silo = provider.GetRequiredService<ILocalSiloDetails>();
            return new PostgresMembershipReader(connectionString, silo.ClusterId, silo.SiloAddress);
        });

    /// <summary>Makes the host wait for the database before it starts what is registered after this: a silo or a client of a cluster.</summary>
    /// <remarks>The start fails where the database does not answer in time, or where its schema or settings are not as they must be.</remarks>
    public static IServiceCollection AddPostgresWait(this IServiceCollection services, string? connectionString, TimeSpan patience) =>
        services
            .AddPostgresDatabase(connectionString, options => options.StartPatience = patience)
            .AddSingleton<IHostedService>(static provider => new StartStep(provider.GetRequiredService<PostgresDatabase>().StartAsync));

    /// <summary>Makes the host claim the database for a cluster before it starts what is registered after this: the silo.</summary>
    /// <remarks>The start fails where silos of another cluster use it.</remarks>
    public static IServiceCollection AddPostgresClusterClaim(this IServiceCollection services, string clusterId) =>
        services.AddSingleton<IHostedService>(provider =>
            new StartStep(_ => new PostgresClusterClaim(provider.GetRequiredService<PostgresDatabase>(), clusterId).ClaimAsync()));

    private static IServiceCollection AddPostgresDatabase(
        this IServiceCollection services, string? connectionString, Action<PostgresOptions>? configure = null)
    {
        services.AddSettings<PostgresOptions>(PostgresOptions.Section)
            .Configure(options => options.ConnectionString = connectionString ?? options.ConnectionString)
            .Configure(configure ?? (static _ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PostgresDatabase>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, PostgresStart>());
        return services;
    }

    private static IServiceCollection AddShopTables(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, static (provider, _) => new EntityStorage(provider.GetRequiredService<IDatabase>()));
        services.AddSingleton<IEventTable, EventTable>();
        services.AddSettings<LocalityOptions>(LocalityOptions.Section);
        services.AddSingleton<IReadModels>(static provider =>
        {
            var shop = provider.GetRequiredService<IOptions<LocalityOptions>>().Value;
            return ActivatorUtilities.CreateInstance<ShopReadModels>(provider, new Locality(shop.Locale, shop.TimeZone));
        });
        return services;
    }
}
