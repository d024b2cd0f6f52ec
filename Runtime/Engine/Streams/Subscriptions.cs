using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>The subscriptions of one stream, as the producers of this silo know them. Safe from any thread.</summary>
/// <remarks>
/// The list is read when there is an event and the list is not known, or has changed; what is produced meanwhile waits for it, in order. While it is
/// known an event costs a lock and a place in each queue.
/// </remarks>
internal sealed class Subscriptions(MemoryStreamProvider provider, StreamId stream, IReadOnlyList<Subscriber> ofClasses)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<(StreamEvent Item, TaskCompletionSource Taken)> _waiting = [];
    private Subscription[] _all = [];
    private long _events;
    private int _changes;
    private bool _isKnown;
    private bool _isReading;
    private bool _isUsed;
    private bool _isForgotten;

    /// <summary>Adds an event to each queue, in one order for all; false where this was forgotten, and another is to be asked for.</summary>
    /// <exception cref="InvalidOperationException">Too many events wait already.</exception>
    public bool TryPublish(StreamEvent item, out Task taken)
    {
        taken = Task.CompletedTask;
        lock (_lock)
        {
            if (_isForgotten)
            {
                return false;
            }

            _isUsed = true;
            if (_isKnown)
            {
                Distribute(item);
                return true;
            }

            provider.Reserve(1);
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((item, waiting));
            taken = WaitAsync(waiting);
            if (_isReading)
            {
                return true;
            }

            _isReading = true;
        }

        provider.Turns.Begin(ReadAsync);
        return true;
    }

    /// <summary>The list has changed: what is known of it is worth nothing any more.</summary>
    public void OnChanged()
    {
        lock (_lock)
        {
            _changes++;
            _isKnown = false;
        }
    }

    /// <summary>Reads the list again if there was an event since the last time. That is for news that did not come.</summary>
    /// <returns>Whether there was one, or there may be more to do.</returns>
    public bool Refresh()
    {
        lock (_lock)
        {
            if (!_isUsed)
            {
                return _isReading || !Array.TrueForAll(_all, static subscription => subscription.IsIdle);
            }

            _isUsed = false;
            if (_isReading || !provider.HasOthers)
            {
                return true;
            }

            _isReading = true;
        }

        provider.Turns.Begin(ReadAsync);
        return true;
    }

    /// <summary>Gives up its place in memory; false where it is in use.</summary>
    public bool TryForget()
    {
        lock (_lock)
        {
            return _isForgotten = !_isUsed && !_isReading && Array.TrueForAll(_all, static subscription => subscription.IsIdle);
        }
    }

    // A task of the producer's own, so that what it does next runs where it runs itself.
    private static async Task WaitAsync(TaskCompletionSource waiting) => await waiting.Task;

    private async Task ReadAsync()
    {
        var started = provider.Silo.Time.GetTimestamp();
        while (true)
        {
            var changes = Volatile.Read(ref _changes);
            try
            {
                var explicitly = await provider.ReadAsync(stream);
                if (TryUse([.. ofClasses, .. explicitly], changes))
                {
                    return;
                }
            }
            catch (Exception lost) when (IsWorthAnother(lost, started))
            {
                // To read twice is to read once: producers need not know of a silo that dies.
                await Task.Delay(Pause, provider.Silo.Time);
            }
            catch (Exception exception)
            {
                Fail(exception);
                return;
            }
        }
    }

    private bool IsWorthAnother(Exception exception, long started) =>
        exception is SiloUnavailableException or OrleansMessageRejectionException
        && provider.Silo.IsOpen
        && provider.Silo.Time.GetElapsedTime(started) < provider.Silo.Messaging.ResponseTimeout;

    private bool TryUse(IReadOnlyList<Subscriber> subscribers, int changes)
    {
        (TaskCompletionSource Taken, Exception? Failure)[] outcomes;
        lock (_lock)
        {
            if (changes != _changes)
            {
                return false;
            }

            var old = _all.ToDictionary(static subscription => subscription.Id);
            _all = [.. subscribers.Select(subscriber =>
                old.Remove(subscriber.Id, out var known) ? known : new Subscription(provider, subscriber))];
            foreach (var ended in old.Values)
            {
                ended.End();
            }

            (_isKnown, _isReading) = (true, false);
            outcomes = [.. _waiting.Select(waiting => (waiting.Taken, TryDistribute(waiting.Item)))];
            _waiting.Clear();
        }

        foreach (var (taken, failure) in outcomes)
        {
            _ = failure is null ? taken.TrySetResult() : taken.TrySetException(failure);
        }

        return true;
    }

    private void Fail(Exception exception)
    {
        (StreamEvent, TaskCompletionSource Taken)[] waiting;
        lock (_lock)
        {
            _isReading = false;
            waiting = [.. _waiting];
            _waiting.Clear();
            provider.Release(waiting.Length);
        }

        foreach (var (_, taken) in waiting)
        {
            taken.TrySetException(exception);
        }
    }

    private InvalidOperationException? TryDistribute(StreamEvent item)
    {
        provider.Release(1);
        try
        {
            Distribute(item);
            return null;
        }
        catch (InvalidOperationException full)
        {
            return full;
        }
    }

    private void Distribute(StreamEvent item)
    {
        provider.Reserve(_all.Length);
        item.Number = _events++;
        foreach (var subscription in _all)
        {
            subscription.Enqueue(item);
        }
    }
}
