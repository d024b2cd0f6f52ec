using ActorShop.Catalog.Sample;
using ActorShop.Reporting;
using ActorShop.Silo.Clustering;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo;

/// <summary>What a silo of the shop does once it answers: wakes what is due, projects what waits, and brings the sample catalogue.</summary>
/// <remarks>
/// In the background: the shop answers at once. What fails is tried again until it is done, since readiness waits for the first start.
/// </remarks>
internal sealed partial class ShopStart(
    IGrainFactory grains, IConfiguration configuration, IOptions<ShopOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<ShopStart> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The silo is one of the hosted services: it answers when all of them have started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        for (var pause = TimeSpan.FromSeconds(1); !await TryStartAsync(stoppingToken); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, ShopGrains.WakeBuckets).Select(bucket => grains.Waker(bucket).WakeAsync()));
            await grains.Projector(Projections.Reporting).StartAsync();
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
        while (await grains.Projector(Projections.Reporting).GetLagAsync() > 0)
        {
            await Task.Delay(Glance, clock, stopping);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "The sample catalogue was imported")]
    private static partial void LogSampleCatalogue(ILogger logger);

    [LoggerMessage(2000, LogLevel.Error, "The shop answers, but not all that runs beside it was started; it is tried again")]
    private static partial void LogStartFault(ILogger logger, Exception fault);
}
