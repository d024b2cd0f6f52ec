using ActorShop.Reporting;
using ActorShop.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace ActorShop.Storage;

/// <summary>Keeps a shop in a SQLite file.</summary>
public static class SqliteStorageExtensions
{
    /// <summary>
    /// Registers the default grain storage, the event and due tables and the read models, all in one database.
    /// </summary>
    /// <remarks>
    /// For one silo in one process. The database is opened, and made or migrated where need be, when the first of them is
    /// resolved; it is closed, after everything queued is written, with the container.
    /// </remarks>
    /// <param name="services">The silo's services.</param>
    /// <param name="configure">Applied after the section <see cref="SqliteOptions.Section"/> of the configuration.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteOptions>? configure = null)
    {
        services.AddOptions<SqliteOptions>()
            .BindConfiguration(SqliteOptions.Section)
            .Configure(configure ?? (static _ => { }))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SqliteDatabase>();
        services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            static (provider, _) => new SqliteGrainStorage(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IEventTable, SqliteEventTable>();
        services.AddSingleton<IDueTable, SqliteDueTable>();
        services.AddSingleton<IReadModels, SqliteReadModels>();
        return services;
    }
}
