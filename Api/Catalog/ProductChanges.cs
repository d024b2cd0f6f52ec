using ActorShop.Catalog;
using Orleans.Streams;

namespace ActorShop.Api.Catalog;

/// <summary>Removes a product from the cache of this process when the catalogue stream says that the product changed.</summary>
internal sealed partial class ProductChanges(IClusterClient cluster, ProductCache cache, TimeProvider clock, ILogger<ProductChanges> logger)
    : BackgroundService
{
    // Orleans removes a subscription for good when an event cannot be delivered, for example by a silo that does not know this process yet.
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(5);

    private StreamSubscriptionHandle<ProductChanged>? _subscription;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // A remaining subscription ends when an event cannot be delivered.
            await (_subscription?.UnsubscribeAsync().WaitAsync(TimeSpan.FromSeconds(1), clock, cancellationToken) ?? Task.CompletedTask);
        }
        catch (Exception fault)
        {
            LogFault(logger, fault.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckPeriod, clock);
        var answered = true;
        do
        {
            try
            {
                var stream = cluster.GetStreamProvider(ProductChanged.Provider).GetStream<ProductChanged>(ProductChanged.Namespace, ProductChanged.Key);
                var known = await stream.GetAllSubscriptionHandles();
                if (!known.Any(handle => handle.HandleId == _subscription?.HandleId))
                {
                    _subscription = await stream.SubscribeAsync((changed, _) =>
                    {
                        cache.Change(changed.Product.Value, changed.Version);
                        return Task.CompletedTask;
                    });
                }

                answered = true;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Until the next check, the lifetime of the cache bounds the age of products.
                if (answered)
                {
                    LogFault(logger, fault.GetType().Name);
                }

                answered = false;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(3301, LogLevel.Warning, "The catalogue stream does not answer: {Fault}.")]
    private static partial void LogFault(ILogger logger, string fault);
}
