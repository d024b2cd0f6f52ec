namespace ActorShop.Cli.Scheduling;

/// <summary>
/// Runs items concurrently, but items that share a resource one after another, in the order of the source.
/// </summary>
/// <remarks>
/// Each item waits for the last earlier item of each of its resources; since that one waited for its own predecessors, the order per
/// resource follows. Items enter, in order, a window of unfinished ones, so that a long chain on one resource bounds the memory and
/// does not delay the others up to the window. A fault of one item or of the source stops further items and is thrown once the
/// running items have finished.
/// </remarks>
/// <param name="touches">The resources of an item, compared ordinally.</param>
/// <param name="concurrency">The most items that run at once.</param>
/// <param name="window">The most items that are admitted and unfinished.</param>
internal sealed class DependencyScheduler<T>(Func<T, IEnumerable<string>> touches, int concurrency, int window)
{
    private static readonly Task<bool> Nothing = Task.FromResult(true);

    /// <param name="items">The items in order.</param>
    /// <param name="run">Runs one. It is not called again after it threw, nor after <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Starts no further item; running ones are waited for.</param>
    public async Task RunAsync(IAsyncEnumerable<T> items, Func<T, Task> run, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(concurrency);
        var last = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = window, CancellationToken = cancellationToken };

        // The source is read by one worker at a time.
        await Parallel.ForEachAsync(items.Select(Admit), parallel, async (admitted, stop) =>
        {
            var isDone = false;
            try
            {
                if (Array.TrueForAll(await admitted.Before, static done => done))
                {
                    await turns.WaitAsync(stop);
                    try
                    {
                        stop.ThrowIfCancellationRequested();
                        await run(admitted.Item);
                        isDone = true;
                    }
                    finally
                    {
                        turns.Release();
                    }
                }
            }
            finally
            {
                // After a fault, successors end without a fault of their own.
                admitted.End.SetResult(isDone);
            }
        });

        (T Item, Task<bool[]> Before, TaskCompletionSource<bool> End) Admit(T item)
        {
            var end = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var resources = touches(item).ToArray();
            var before = Task.WhenAll(resources.Select(resource => last.GetValueOrDefault(resource, Nothing)).ToArray());
            foreach (var resource in resources)
            {
                last[resource] = end.Task;
            }

            return (item, before, end);
        }
    }
}
