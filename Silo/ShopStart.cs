using ActorShop.Catalog.Sample;
using ActorShop.Reporting;
using ActorShop.Silo.Clustering;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo;

/// <summary>Imports the sample catalogue once the silo has started.</summary>
/// <remarks>In the background: the shop answers at once. Retries until it is done, because readiness waits for the first start.</remarks>
internal sealed partial class ShopStart(
    IGrainFactory grains, IConfiguration configuration, IOptions<ShopOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<ShopStart> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        for (var pause = TimeSpan.FromSeconds(1); !await TryStartAsync(stoppingToken); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken stopping)
    {
        try
        {
            if ((options.Value.SampleCatalogue ?? !configuration.HasCluster())
                && await new SampleCatalogue(grains).ImportOnceAsync(() => ProjectedAsync(stopping)))
            {
                LogSampleCatalogue(logger);
            }

            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogStartFault(logger, fault);
            return false;
        }
    }

    // Nobody tells when a read model has caught up; at a first start it has little to do.
    private async Task ProjectedAsync(CancellationToken stopping)
    {
        while (await grains.Queries().GetLagAsync(Projections.Reporting) > 0)
        {
            await Task.Delay(Glance, clock, stopping);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "The sample catalogue was imported")]
    private static partial void LogSampleCatalogue(ILogger logger);

    [LoggerMessage(2000, LogLevel.Error, "The sample catalogue could not be imported. It will be retried")]
    private static partial void LogStartFault(ILogger logger, Exception fault);
}
