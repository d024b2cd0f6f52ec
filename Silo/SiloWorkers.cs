namespace ActorShop.Silo;

/// <summary>Runs the workers of a silo (due work, projections) between its start and its stop.</summary>
internal sealed class SiloWorkers(IEnumerable<IWorker> workers, IHostApplicationLifetime lifetime, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        await Task.WhenAll(workers.Select(worker => RunAsync(worker, stoppingToken)));
    }

    private async Task RunAsync(IWorker worker, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(await worker.RunOnceAsync(), clock, stopping);
        }
    }
}

internal static class HostLifetimeExtensions
{
    /// <summary>Completes when all hosted services have started, the silo among them.</summary>
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }
}
