namespace ActorShop.Silo;

/// <summary>Runs the workers of a silo (due work, projections) from when it has started until it stops.</summary>
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

/// <summary>Waits for the host.</summary>
internal static class HostLifetimeExtensions
{
    /// <summary>Completes when all hosted services have started: the silo is one of them, and answers from then on.</summary>
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }
}
