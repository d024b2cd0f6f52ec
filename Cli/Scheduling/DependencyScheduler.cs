using System.Runtime.ExceptionServices;

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
/// <typeparam name="T">The item.</typeparam>
/// <param name="touches">The resources of an item, compared ordinally.</param>
/// <param name="concurrency">The most items that run at once.</param>
/// <param name="window">The most items that are admitted and unfinished.</param>
internal sealed class DependencyScheduler<T>(Func<T, IEnumerable<string>> touches, int concurrency, int window)
{
    /// <summary>Runs all items.</summary>
    /// <param name="items">The items in order.</param>
    /// <param name="run">Runs one. It is not called again after it threw, nor after <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Starts no further item; running ones are waited for.</param>
    public async Task RunAsync(IAsyncEnumerable<T> items, Func<T, Task> run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var room = new SemaphoreSlim(window);
        using var turns = new SemaphoreSlim(concurrency);
        var last = new Dictionary<string, Task>(StringComparer.Ordinal);
        ExceptionDispatchInfo? fault = null;
        await GuardAsync(AdmitAsync);

        // Every unfinished item holds a place in the window.
        for (var i = 0; i < window; i++)
        {
            await room.WaitAsync(CancellationToken.None);
        }

        fault?.Throw();
        cancellationToken.ThrowIfCancellationRequested();

        async Task AdmitAsync()
        {
            await foreach (var item in items.WithCancellation(stop.Token))
            {
                await room.WaitAsync(stop.Token);
                var resources = touches(item).ToArray();
                var before = resources.Select(resource => last.GetValueOrDefault(resource, Task.CompletedTask)).ToArray();
                var running = RunOneAsync(item, before);
                foreach (var resource in resources)
                {
                    last[resource] = running;
                }
            }
        }

        // Never faults, so that its successors need not care.
        async Task RunOneAsync(T item, Task[] before)
        {
            await Task.WhenAll(before).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await turns.WaitAsync(CancellationToken.None);
            if (!stop.IsCancellationRequested)
            {
                await GuardAsync(() => run(item));
            }

            turns.Release();
            room.Release();
        }

        async Task GuardAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (Exception exception)
            {
                // What is cancelled by another fault or by the caller says less than that.
                if (exception is not OperationCanceledException || !stop.IsCancellationRequested)
                {
                    Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(exception), null);
                }

                await stop.CancelAsync();
            }
        }
    }
}
