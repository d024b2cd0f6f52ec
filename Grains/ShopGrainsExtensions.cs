using ActorShop.Accounting;
using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorShop;

public static class ShopGrainsExtensions
{
    /// <summary>Adds what the shop's grains need, and the system clock unless the host registered another.</summary>
    /// <remarks>
    /// The host registers the rest: storage (<see cref="IEventTable"/>, <see cref="IDueTable"/>, read models)
    /// and the payment provider.
    /// </remarks>
    public static IServiceCollection AddShopGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdSource>();

        // Orleans' default weighs processor and memory, and put 99 of 100 first grains on one of two equal silos.
        services.AddSingleton<PlacementStrategy>(new RandomPlacement());
        services.AddSingleton<IWorker, DueWorker>();
        services.AddSingleton<IWorker, Projector>();
        services.AddSettings<DueWorkOptions>(DueWorkOptions.Section);
        services.AddSettings<ReportingOptions>(ReportingOptions.Section);
        services.AddSettings<AccountingOptions>(AccountingOptions.Section);
        services.AddSettings<CartsOptions>(CartsOptions.Section);
        services.AddSettings<OrdersOptions>(OrdersOptions.Section);
        return services;
    }

    /// <summary>Binds settings to a section of the configuration, and checks them when the host starts.</summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class => services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
