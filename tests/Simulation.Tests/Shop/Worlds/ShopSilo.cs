using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Payments;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace ActorShop.Simulation.Shop;

/// <summary>Composes a silo of the shop as its host does, with the other half of what the host brings: tables, provider, chance.</summary>
internal static class ShopSilo
{
    public static void Configure(ISiloBuilder silo, World world, int machine, string identity, Func<string, WireFaults, Wire> connect)
    {
        var services = silo.Services;
        var wire = connect("store", world.StoreFaults);
        var store = new MemoryStoreLink(world.Store, wire, () => world.Committed?.Invoke(machine));
        var draws = world.Draws($"ids of {identity}");
        services.AddSingleton<IdSource>(provider => new SeededIds(draws, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEventTable>(store);
        services.AddSingleton<IDueTable>(store);
        services.AddSingleton(world.ReadModel.Through(wire));
        services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => store);
        services.AddSingleton<IPaymentProvider>(provider => new ProviderLink(
            world.Provider,
            connect("provider", world.ProviderFaults),
            provider.GetRequiredService<TimeProvider>(),
            world.ProviderOptions));
        services.AddShopGrains();
        Set(services, world.Plan.Settings);
    }

    public static async Task RunAsync(IWorker worker, TimeProvider time)
    {
        while (true)
        {
            await Task.Delay(await worker.RunOnceAsync(), time);
        }
    }

    private static void Set(IServiceCollection services, ShopSettings settings)
    {
        services.Configure<OrdersOptions>(orders =>
        {
            orders.Deadline = settings.Deadline;
            orders.OperationTimeout = settings.OperationTimeout;
            orders.ResumeAfter = settings.OrderResumeAfter;
            orders.RetryTo = settings.RetryTo;
        });
        services.Configure<CartsOptions>(carts =>
        {
            carts.CheckoutTimeout = settings.CheckoutTimeout;
            carts.ResumeAfter = settings.CartResumeAfter;

            // Within a run, so that abandoned carts expire under faults.
            carts.EmptyLifetime = TimeSpan.FromMinutes(1);
        });
        services.Configure<DueWorkOptions>(work => work.Interval = work.Lease = settings.DueWorkInterval);
        services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = settings.ResponseTimeout);
        services.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = settings.CollectionAge);
    }
}
