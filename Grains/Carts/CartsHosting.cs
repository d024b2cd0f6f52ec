using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Carts;

public static class CartsHosting
{
    public static IServiceCollection AddCarts(this IServiceCollection services)
    {
        services.AddOptions<CartsOptions>().BindConfiguration(CartsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
