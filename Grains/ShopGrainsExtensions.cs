using ActorShop.Accounting;
using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorShop;

/// <summary>Registers what the shop's grains ask for.</summary>
public static class ShopGrainsExtensions
{
    /// <summary>Adds options and, unless the host registered others, the system clock and its ids.</summary>
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
        services.AddOptions<DueWorkOptions>()
            .BindConfiguration(DueWorkOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<ReportingOptions>()
            .BindConfiguration(ReportingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IWorker, DueWorker>();
        services.AddSingleton<IWorker, Projector>();
        services.AddOptions<AccountingOptions>()
            .BindConfiguration(AccountingOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddCarts();
        services.AddOrders();
        return services;
    }
}
