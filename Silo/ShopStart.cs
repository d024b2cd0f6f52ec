using ActorShop.Catalog.Sample;
using ActorShop.Reporting;

namespace ActorShop.Silo;

/// <summary>What a silo of the shop does once it answers: wakes what is due, projects what waits, and brings the sample catalogue.</summary>
/// <remarks>
/// In the background: the shop answers at once, and a fault here is logged and made good by reminders. Whether it is over is a part of
/// the process's readiness.
/// </remarks>
internal sealed partial class ShopStart(IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<ShopStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The silo is one of the hosted services: it answers when all of them have started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, ShopGrains.WakeBuckets).Select(bucket => grains.Waker(bucket).WakeAsync()));
            await grains.Projector(Projections.Reporting).StartAsync();
            if (await new SampleCatalogue(grains).ImportOnceAsync())
            {
                LogSampleCatalogue(logger);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogStartFault(logger, fault);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "The sample catalogue was imported")]
    private static partial void LogSampleCatalogue(ILogger logger);

    [LoggerMessage(2000, LogLevel.Error, "The shop answers, but not all that runs beside it was started; reminders will try again")]
    private static partial void LogStartFault(ILogger logger, Exception fault);
}
