using ActorShop.Storage;
using ActorShop.Storage.Postgres;
using ActorShop.Storage.Postgres.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace Orleans.Configuration
{
    /// <summary>Which database, in the words of Orleans.</summary>
    public abstract class AdoNetOptions
    {
        /// <summary>The driver.</summary>
        /// <value>"Npgsql", the only one here.</value>
        public string Invariant { get; set; } = "Npgsql";

        /// <summary>How to reach the database.</summary>
        public string? ConnectionString { get; set; }
    }

    /// <summary>Where silos find each other.</summary>
    public class AdoNetClusteringSiloOptions : AdoNetOptions;

    /// <summary>Where clients find silos.</summary>
    public class AdoNetClusteringClientOptions : AdoNetOptions;

    /// <summary>Where states are kept.</summary>
    public class AdoNetGrainStorageOptions : AdoNetOptions;

    /// <summary>Where reminders are kept.</summary>
    public class AdoNetReminderTableOptions : AdoNetOptions;
}

namespace Orleans.Hosting
{
    /// <summary>Orleans' names for its ADO.NET providers, so that a host is written alike on both engines. PostgreSQL alone, and one database.</summary>
    public static class AdoNetHostingExtensions
    {
        /// <summary>Silos find each other in a PostgreSQL database.</summary>
        public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions)
        {
            UseMembership(builder.Services, configureOptions);
            return builder;
        }

        /// <summary>A client finds the silos of a PostgreSQL database: those that are active and take clients.</summary>
        public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions)
        {
            UseMembership(builder.Services, configureOptions);
            return builder;
        }

        /// <summary>States are kept in a PostgreSQL database.</summary>
        public static ISiloBuilder AddAdoNetGrainStorage(this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions)
        {
            Use(builder.Services, configureOptions);
            builder.Services.AddGrainStorage(name, static (services, _) => new PostgresGrainStorage(services.GetRequiredService<PostgresDatabase>()));
            return builder;
        }

        /// <summary>States that name no provider are kept in a PostgreSQL database.</summary>
        public static ISiloBuilder AddAdoNetGrainStorageAsDefault(this ISiloBuilder builder, Action<AdoNetGrainStorageOptions> configureOptions) =>
            builder.AddAdoNetGrainStorage(Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

        /// <summary>Reminders are kept in a PostgreSQL database.</summary>
        /// <remarks>Where on Orleans this alone is enough, here <c>AddReminders()</c> stands beside it, which does no harm there.</remarks>
        public static ISiloBuilder UseAdoNetReminderService(this ISiloBuilder builder, Action<AdoNetReminderTableOptions> configureOptions)
        {
            Use(builder.Services, configureOptions);
            builder.Services.AddSingleton<IReminderTable, PostgresReminderTable>();
            return builder;
        }

        private static void UseMembership<T>(IServiceCollection services, Action<T> configure)
            where T : AdoNetOptions, new()
        {
            Use(services, configure);
            services.TryAddSingleton<PostgresMembershipTable>();
            services.AddSingleton<IMembershipTable>(static provider => provider.GetRequiredService<PostgresMembershipTable>());
            services.AddSingleton<ActorShop.Runtime.Membership.ILeaseTable>(static provider => provider.GetRequiredService<PostgresMembershipTable>());
        }

        private static void Use<T>(IServiceCollection services, Action<T> configure)
            where T : AdoNetOptions, new()
        {
            var options = new T();
            configure(options);
            if (!string.Equals(options.Invariant, "Npgsql", StringComparison.Ordinal))
            {
                throw new OrleansConfigurationException($"The embedded engine keeps its tables in PostgreSQL (Npgsql), not in \"{options.Invariant}\".");
            }

            services.AddPostgresDatabase(options.ConnectionString);
        }
    }
}
