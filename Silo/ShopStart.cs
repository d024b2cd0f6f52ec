using ActorShop.Reporting;

namespace ActorShop.Silo;

/// <summary>Starts the wakers and the projection once the silo answers.</summary>
internal sealed partial class ShopStart(
    IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ShopStart> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

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
            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogStartFault(logger, fault);
            return false;
        }
    }

    [LoggerMessage(2000, LogLevel.Error, "The shop answers, but not all that runs beside it was started; it is tried again")]
    private static partial void LogStartFault(ILogger logger, Exception fault);
}
