using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop;

/// <summary>Resumes due grains: the safety net under every saga and expiry.</summary>
internal sealed partial class DueWorker(
    IDueTable due, IGrainFactory grains, IOptions<DueWorkOptions> options, TimeProvider clock, ILogger<DueWorker> logger) : IWorker
{
    public async Task<TimeSpan> RunOnceAsync()
    {
        var settings = options.Value;
        try
        {
            var rows = await due.TakeAsync(clock.GetUtcNow(), settings.Lease, settings.BatchSize);
            await Concurrency.ForEachAsync(rows, settings.Parallelism, ResumeAsync);
            return rows.Length < settings.BatchSize ? settings.Interval : TimeSpan.Zero;
        }
        catch (Exception failure)
        {
            LogNotRead(failure);
            return settings.Interval;
        }
    }

    private async Task<bool> ResumeAsync(DueRow row)
    {
        try
        {
            await grains.GetGrain<IResumable>(GrainId.Create(row.StateName, row.Key)).ResumeAsync();
            return true;
        }
        catch (Exception failure)
        {
            // The row stays in the index, so it is taken again after the lease. The others must not wait for it.
            LogNotResumed(failure, row.StateName, row.Key, row.At);
            return false;
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{State} {Grain} was due at {At} and could not be resumed. It will be retried.")]
    private partial void LogNotResumed(Exception failure, string state, string grain, DateTimeOffset at);

    [LoggerMessage(2002, LogLevel.Warning, "The index of due work could not be read. It will be retried.")]
    private partial void LogNotRead(Exception failure);
}
