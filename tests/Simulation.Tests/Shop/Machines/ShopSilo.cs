using ActorShop.Carts;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace ActorShop.Simulation.Shop;

/// <summary>Composes a silo of the shop as its host does, with the other half of what the host brings: tables, reminders, provider, chance.</summary>
internal static class ShopSilo
{
    public static void Configure(ISiloBuilder silo, World world, int machine, string identity, Func<string, WireFaults, Wire> connect)
    {
        var services = silo.Services;
        var tables = new TablesLink(world.Tables, connect("store", world.StoreFaults), machine);
        var draws = world.Cluster.Draws($"ids of {identity}");
        services.AddSingleton<IdSource>(provider => new DrawnIds(draws, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEventTable>(tables);
        services.AddSingleton<IDueTable>(tables);
        services.AddSingleton<IReadModels>(tables);
        services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => tables);
        services.AddSingleton<Orleans.IReminderTable>(new RemindersLink(world.Reminders, connect("reminders", world.StoreFaults)));
        silo.AddReminders();
        services.AddSingleton<IPaymentProvider>(provider => new ProviderLink(
            world.Provider,
            connect("provider", world.ProviderFaults),
            provider.GetRequiredService<TimeProvider>(),
            world.ProviderOptions));
        services.AddShopGrains();
        Set(services, world.Plan.Settings);
    }

    /// <summary>What a silo of the shop does once it answers.</summary>
    public static async Task<bool> BeginAsync(IGrainFactory grains)
    {
        await Task.WhenAll(Enumerable.Range(0, ShopGrains.WakeBuckets).Select(bucket => WakeAsync(grains.Waker(bucket))));
        await WakeAsync(grains.Projector(Projections.Reporting));
        return true;
    }

    // A fault here is made good by reminders, as it is in the host.
    private static async Task WakeAsync(IWakeable sleeper)
    {
        try
        {
            await sleeper.WakeAsync();
        }
        catch (Exception fault) when (Client.IsFault(fault))
        {
            return;
        }
    }

    private static void Set(IServiceCollection services, ShopSettings settings)
    {
        services.Configure<OrdersOptions>(orders =>
        {
            orders.Deadline = settings.Deadline;
            orders.ReservationLifetime = settings.ReservationLifetime;
            orders.OperationBudget = settings.OperationBudget;
            orders.ResumeAfter = settings.OrderLook;
            orders.RetryTo = settings.RetryTo;
        });
        services.Configure<CartsOptions>(carts =>
        {
            carts.CheckoutBudget = settings.CheckoutBudget;
            carts.ResumeAfter = settings.CartLook;
        });
        services.Configure<WakerOptions>(waker => waker.Interval = settings.WakerInterval);
        services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = settings.ResponseTimeout);
        services.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = settings.CollectionAge);
    }
}
