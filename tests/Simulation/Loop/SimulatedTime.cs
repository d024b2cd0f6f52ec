namespace ActorShop.Simulation;

/// <summary>Virtual time: it stands still while there is work, and jumps to the next timer when there is none.</summary>
/// <remarks>Timers that are due at the same time fire in the order in which they were set.</remarks>
public sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Timer, (long Due, long Order)> _timers = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    public override DateTimeOffset GetUtcNow() => Beginning.AddTicks(_now);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void After(TimeSpan time, Action action) =>
        CreateTimer(static action => ((Action)action!)(), action, time, Timeout.InfiniteTimeSpan);

    /// <summary>Jumps to the next timer and fires it.</summary>
    /// <returns>False if no timer is set.</returns>
    internal bool TryAdvance()
    {
        while (_timers.TryDequeue(out var timer, out var key))
        {
            if (!timer.IsArmed(key.Order))
            {
                continue;
            }

            _now = Math.Max(_now, key.Due);
            timer.Fire();
            return true;
        }

        return false;
    }

    private long Arm(Timer timer, TimeSpan dueTime)
    {
        var order = ++_order;
        _timers.Enqueue(timer, (_now + Math.Max(0, dueTime.Ticks), order));
        return order;
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        // The queue cannot remove entries: a changed timer leaves its earlier ones behind, and only this one counts.
        private long _armed;
        private TimeSpan _period;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
            {
                return false;
            }

            _period = period;
            _armed = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Arm(this, dueTime);
            return true;
        }

        public bool IsArmed(long order) => !_isDisposed && order == _armed;

        public void Fire()
        {
            _armed = _period > TimeSpan.Zero ? time.Arm(this, _period) : 0;
            callback(state);
        }

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
