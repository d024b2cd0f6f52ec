using System.Threading.Channels;

namespace ActorShop.Cli.Scheduling;

/// <summary>
/// Runs items many at a time, but those that touch a common resource one after another, in the order in which they came.
/// </summary>
/// <remarks>
/// Each item waits for the last earlier item of each of its resources; since that one waited for its own predecessors, the whole
/// order per resource follows. Items are admitted in order into a window of unfinished ones, so that a long chain on one hot
/// resource holds back neither memory nor, up to the window, the others. A fault of one item stops the admission, lets what runs
/// finish, and is thrown.
/// </remarks>
/// <typeparam name="T">What is run.</typeparam>
/// <param name="touches">The resources of an item, compared ordinally.</param>
/// <param name="concurrency">How many run at once, at most.</param>
/// <param name="window">How many are admitted and unfinished at once, at most.</param>
internal sealed class DependencyScheduler<T>(Func<T, IEnumerable<string>> touches, int concurrency, int window) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Node> _last = new(StringComparer.Ordinal);
    private readonly Channel<Node> _ready = Channel.CreateUnbounded<Node>();
    private readonly SemaphoreSlim _room = new(window);
    private int _unfinished;
    private bool _isWhole;

    /// <summary>Runs all items.</summary>
    /// <param name="items">In order.</param>
    /// <param name="run">Runs one. It is not called again after it threw, nor after <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Stops starting items; those under way are waited for.</param>
    public async Task RunAsync(IAsyncEnumerable<T> items, Func<T, Task> run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = Enumerable.Range(0, concurrency).Select(_ => WorkAsync(run, stop)).ToArray();
        try
        {
            await AdmitAsync(items, stop.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            await stop.CancelAsync();
            await Task.WhenAll(workers);
            throw;
        }
        catch (OperationCanceledException)
        {
            // Told by Ctrl-C or by a failed item: the workers' own faults, if any, say more than this one.
        }

        await Task.WhenAll(workers);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _room.Dispose();

    private async Task AdmitAsync(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                await _room.WaitAsync(cancellationToken);
                Admit(new Node(item));
            }
        }
        finally
        {
            lock (_lock)
            {
                _isWhole = true;
                CompleteIfDone();
            }
        }
    }

    private void Admit(Node node)
    {
        lock (_lock)
        {
            _unfinished++;
            foreach (var resource in touches(node.Item))
            {
                // The node itself comes up where an item names a resource twice.
                if (_last.TryGetValue(resource, out var before) && before != node)
                {
                    before.After.Add(node);
                    node.WaitsFor++;
                }

                _last[resource] = node;
                node.Resources.Add(resource);
            }

            if (node.WaitsFor == 0)
            {
                _ready.Writer.TryWrite(node);
            }
        }
    }

    private async Task WorkAsync(Func<T, Task> run, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested && await WaitAsync(stop.Token))
        {
            if (!_ready.Reader.TryRead(out var node))
            {
                // Another worker was faster.
                continue;
            }

            // Told of something to read, then delayed: what it reads now may have become ready after the stop.
            if (stop.IsCancellationRequested)
            {
                break;
            }

            try
            {
                await run(node.Item);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }

            Finish(node);
        }
    }

    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ready.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Finish(Node node)
    {
        lock (_lock)
        {
            _unfinished--;
            foreach (var resource in node.Resources)
            {
                if (_last.TryGetValue(resource, out var last) && last == node)
                {
                    _last.Remove(resource);
                }
            }

            foreach (var after in node.After)
            {
                if (--after.WaitsFor == 0)
                {
                    _ready.Writer.TryWrite(after);
                }
            }

            CompleteIfDone();
        }

        _room.Release();
    }

    private void CompleteIfDone()
    {
        if (_isWhole && _unfinished == 0)
        {
            _ready.Writer.TryComplete();
        }
    }

    private sealed class Node(T item)
    {
        public T Item { get; } = item;

        public List<Node> After { get; } = [];

        public List<string> Resources { get; } = [];

        public int WaitsFor { get; set; }
    }
}
