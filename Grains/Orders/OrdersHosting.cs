using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Orders;

/// <summary>Adds the settings of orders to a host of grains.</summary>
public static class OrdersHosting
{
    /// <summary>Binds and checks <see cref="OrdersOptions"/>.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddOptions<OrdersOptions>()
            .BindConfiguration(OrdersOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                static options => options.ReservationLifetime > options.Deadline,
                "Orders:ReservationLifetime must outlast Orders:Deadline.")
            .ValidateOnStart();
        return services;
    }
}
