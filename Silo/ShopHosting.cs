using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Client;
using ActorShop.Silo.Clustering;
using ActorShop.Storage;
using ActorShop.Storage.Postgres;

namespace ActorShop.Silo;

/// <summary>Composes a silo of the shop: grains, storage, payment provider, and what runs from the start.</summary>
public static class ShopHosting
{
    /// <summary>
    /// Makes the process a silo of its own that keeps everything in files: state in SQLite, payments with the simulated provider.
    /// With <c>Storage:Postgres:ConnectionString</c> state is in PostgreSQL instead; with <c>Cluster:ConnectionString</c> the silo is one of
    /// a cluster that has everything there.
    /// </summary>
    /// <remarks>
    /// Configuration: <c>Silo</c>, <c>Shop</c>, <c>Cluster</c>, <c>Storage:Sqlite</c> or <c>Storage:Postgres</c>, <c>PaymentSimulator</c>; with <c>Payments:Url</c> the
    /// provider is another process.
    /// </remarks>
    public static WebApplicationBuilder AddShop(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // The engine wants its ports before there are services that could hand them out; a port that cannot be is refused at start.
        var ports = builder.Configuration.GetSection(SiloOptions.Section).Get<SiloOptions>() ?? new SiloOptions();
        builder.Services.AddOptions<SiloOptions>().BindConfiguration(SiloOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ShopOptions>().BindConfiguration(ShopOptions.Section);
        if (builder.Configuration.HasCluster())
        {
            builder.JoinCluster();
        }
        else
        {
            builder.Host.UseOrleans(silo => silo.UseLocalhostClustering(ports.Port, ports.GatewayPort));
            builder.AddShopStorage();
        }

        // Grains.
        builder.Services.AddShopGrains();

        // The way to the money.
        builder.AddPaymentProvider();

        // Due work and projections run from the start; the sample catalogue comes once.
        builder.Services.AddHostedService<SiloWorkers>();
        builder.Services.AddHostedService<ShopStart>();
        return builder;
    }

    private static void AddShopStorage(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[$"{PostgresOptions.Section}:{nameof(PostgresOptions.ConnectionString)}"] is { Length: > 0 })
        {
            builder.Services.AddPostgresShopStorage();
            return;
        }

        builder.Services.AddSqliteStorage();
    }

    private static void AddPaymentProvider(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[$"{HttpPaymentOptions.Section}:{nameof(HttpPaymentOptions.Url)}"] is not { Length: > 0 })
        {
            builder.Services.AddSimulatedPayments();
            return;
        }

        builder.Services.AddHttpPayments();
    }
}
