namespace ActorShop.Testing;

/// <summary>Time that stands still until a test moves it.</summary>
/// <remarks>
/// Moving it steps from due time to due time. A timer's callback never runs inline in <see cref="AdvanceAsync"/>'s caller: it is
/// queued to the pool and awaited before the next step, so that a callback sees its own due time and no later one. Safe from
/// any thread; one driver per test.
/// </remarks>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<ManualTimer, (DateTimeOffset Due, long Order)> _queue = new();
    private DateTimeOffset _now = start;
    private long _order;

    /// <summary>Noon of an ordinary day.</summary>
    public ManualTime()
        : this(new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on, running every timer that comes due at the moment it is due.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetUtcNow() + by;
        while (TakeDue(until) is { } timer)
        {
            await Task.Run(timer.Fire);
        }

        lock (_lock)
        {
            _now = until;
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            while (_queue.TryPeek(out var timer, out var at) && at.Due <= until)
            {
                _queue.Dequeue();
                if (!timer.IsAt(at.Order))
                {
                    continue;
                }

                _now = at.Due > _now ? at.Due : _now;
                timer.Rearm(_now);
                return timer;
            }

            return null;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        // Which entry of the queue is the timer's own: entries of earlier settings are skipped.
        private long _armed = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                Arm(dueTime, time._now);
                return true;
            }
        }

        public bool IsAt(long order) => order == _armed;

        public void Rearm(DateTimeOffset now) => Arm(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan, now);

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                _armed = -1;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan after, DateTimeOffset now)
        {
            _armed = -1;
            if (after != Timeout.InfiniteTimeSpan)
            {
                _armed = ++time._order;
                time._queue.Enqueue(this, (now + after, _armed));
            }
        }
    }
}
