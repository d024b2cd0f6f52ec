using ActorShop.Reporting;
using ActorShop.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace ActorShop.Storage;

/// <summary>Keeps a shop in a PostgreSQL database.</summary>
public static class PostgresStorageExtensions
{
    /// <summary>
    /// Registers the default grain storage, the event and due tables and the read models, all in one database.
    /// </summary>
    /// <remarks>
    /// For any number of silos. The schema is brought to the database by the operator, with <c>database migrate</c>; a silo whose schema is
    /// older or newer does not start. A database that goes away fails what is asked of it meanwhile, and nothing else.
    /// </remarks>
    /// <param name="services">The silo's services.</param>
    /// <param name="connectionString">How to reach the database; null where the configuration says it.</param>
    /// <param name="configure">Applied after the section <see cref="PostgresOptions.Section"/> of the configuration.</param>
    public static IServiceCollection AddPostgresShopStorage(
        this IServiceCollection services, string? connectionString = null, Action<PostgresOptions>? configure = null)
    {
        services.AddPostgresDatabase(connectionString, configure);
        services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            static (provider, _) => new PostgresGrainStorage(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IEventTable, PostgresEventTable>();
        services.AddSingleton<IDueTable, PostgresDueTable>();
        services.AddSingleton<IReadModels, PostgresReadModels>();
        return services;
    }

    /// <summary>Lets the host wait for the database before what is registered after this: a silo or a client of a cluster.</summary>
    /// <remarks>The start fails where the database does not answer in time, or where its schema or settings are not as they must be.</remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">How to reach the database.</param>
    /// <param name="patience">How long to wait.</param>
    public static IServiceCollection AddPostgresWait(this IServiceCollection services, string? connectionString, TimeSpan patience) =>
        services
            .AddPostgresDatabase(connectionString, options => options.StartPatience = patience)
            .AddHostedService<PostgresWait>();

    /// <summary>Lets the host claim the database for a cluster before what is registered after this: the silo.</summary>
    /// <remarks>The start fails where silos of another cluster use it.</remarks>
    public static IServiceCollection AddPostgresClusterClaim(this IServiceCollection services, string clusterId) =>
        services.AddSingleton<IHostedService>(provider => new PostgresClusterClaim(provider.GetRequiredService<PostgresDatabase>(), clusterId));

    /// <summary>Registers the database itself, once however often it is asked for; it is checked before anything else when the silo starts.</summary>
    internal static IServiceCollection AddPostgresDatabase(
        this IServiceCollection services, string? connectionString, Action<PostgresOptions>? configure = null)
    {
        services.AddOptions<PostgresOptions>()
            .BindConfiguration(PostgresOptions.Section)
            .Configure(options => options.ConnectionString = connectionString ?? options.ConnectionString)
            .Configure(configure ?? (static _ => { }))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PostgresDatabase>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, PostgresStart>());
        return services;
    }
}
