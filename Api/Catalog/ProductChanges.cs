using ActorShop.Catalog;
using Microsoft.AspNetCore.OutputCaching;
using Orleans.Streams;

namespace ActorShop.Api.Catalog;

/// <summary>Removes answers about a product from the cache of this process when the catalogue stream says that the product changed.</summary>
internal sealed partial class ProductChanges(IClusterClient cluster, IOutputCacheStore cache, TimeProvider clock, ILogger<ProductChanges> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private StreamSubscriptionHandle<ProductChanged>? _subscription;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // A subscription that is left behind ends when an event cannot be delivered.
            await (_subscription?.UnsubscribeAsync().WaitAsync(TimeSpan.FromSeconds(1), clock, cancellationToken) ?? Task.CompletedTask);
        }
        catch (Exception fault)
        {
            LogFault(logger, fault.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); !await TrySubscribeAsync(stoppingToken); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task<bool> TrySubscribeAsync(CancellationToken stopping)
    {
        try
        {
            _subscription = await cluster.GetStreamProvider(ProductChanged.Provider)
                .GetStream<ProductChanged>(ProductChanged.Namespace, ProductChanged.Key)
                .SubscribeAsync((changed, _) => cache.EvictByTagAsync(ProductCachePolicy.TagOf(changed.Product.Value), CancellationToken.None).AsTask());
            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // Until then products are as old as the cache lets them be.
            LogFault(logger, fault.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "The catalogue stream does not answer: {Fault}.")]
    private static partial void LogFault(ILogger logger, string fault);
}
