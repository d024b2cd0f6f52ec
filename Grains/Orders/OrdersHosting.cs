using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Orders;

public static class OrdersHosting
{
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
