namespace ActorShop;

/// <summary>Signals a change, or the end of all changes, to the waiting callers of one grain.</summary>
/// <remarks>
/// For turns of one grain. Waiting with a limit is not left to <c>Task.WaitAsync</c>: over a source that runs its continuations
/// asynchronously it hops through the thread pool, which a simulation does not see. Here every waiter has a source of its own,
/// awaited directly.
/// </remarks>
internal sealed class ChangeSignal(TimeProvider clock)
{
    private readonly List<TaskCompletionSource<bool>> _waiters = [];
    private Exception? _failure;

    public bool HasFailed => _failure is not null;

    /// <returns>False if the time elapsed first.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit)
    {
        if (_failure is { } failure)
        {
            throw failure;
        }

        if (limit <= TimeSpan.Zero)
        {
            return false;
        }

        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Add(waiter);
        using var timer = clock.CreateTimer(
            static waiter => ((TaskCompletionSource<bool>)waiter!).TrySetResult(false), waiter, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await waiter.Task;
        }
        finally
        {
            _waiters.Remove(waiter);
        }
    }

    public void Raise()
    {
        foreach (var waiter in _waiters)
        {
            waiter.TrySetResult(true);
        }
    }

    /// <summary>Nothing changes any more: all waiters fail, now and later. The first reason counts.</summary>
    public void Fail(Exception failure)
    {
        _failure ??= failure;
        foreach (var waiter in _waiters)
        {
            waiter.TrySetException(failure);
        }
    }
}
