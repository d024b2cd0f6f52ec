namespace ActorShop.Simulation;

/// <summary>A timer of a grain. Each tick is a turn of its activation; the next one is set when it has ended.</summary>
internal sealed class SimulatedGrainTimer : IGrainTimer
{
    private readonly SimulatedActivation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ITimer _timer;
    private (TimeSpan Due, TimeSpan Period) _set;
    private bool _isTicking;
    private bool _isChanged;

    public SimulatedGrainTimer(SimulatedActivation activation, TimeProvider time, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _options) = (activation, callback, options);
        _timer = time.CreateTimer(static timer => ((SimulatedGrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(options.DueTime, options.Period);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _set = (dueTime, period);
        _isChanged = true;
        if (!_isTicking)
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _cancellation.Cancel();
        _timer.Dispose();
        _activation.Remove(this);
    }

    private void Fire()
    {
        _isTicking = true;
        _activation.ReceiveTick(TickAsync, _options.Interleave, _options.KeepAlive);
    }

    private async Task TickAsync()
    {
        _isChanged = false;
        try
        {
            if (!_cancellation.IsCancellationRequested)
            {
                await _callback(_cancellation.Token);
            }
        }
        finally
        {
            _isTicking = false;
            if (!_cancellation.IsCancellationRequested)
            {
                _timer.Change(_isChanged ? _set.Due : _set.Period, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
