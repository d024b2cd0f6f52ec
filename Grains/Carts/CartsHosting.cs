using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Carts;

/// <summary>Adds the settings of carts to a host of grains.</summary>
public static class CartsHosting
{
    /// <summary>Binds and checks <see cref="CartsOptions"/>.</summary>
    public static IServiceCollection AddCarts(this IServiceCollection services)
    {
        services.AddOptions<CartsOptions>().BindConfiguration(CartsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
