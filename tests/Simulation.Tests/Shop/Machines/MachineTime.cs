using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Shop;

/// <summary>The clock of one process: the world's, set wrong by a constant. Its timers end with the process.</summary>
internal sealed class MachineTime(Life life, SimulatedTime world) : TimeProvider
{
    private readonly HashSet<Timer> _timers = [];

    /// <summary>By how much the wall clock is ahead of the world's.</summary>
    public TimeSpan Skew { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => world.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + Skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => world.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Start(dueTime, period);
        return timer;
    }

    /// <summary>No timer fires any more.</summary>
    public void End()
    {
        foreach (var timer in _timers)
        {
            timer.Stop();
        }

        _timers.Clear();
    }

    private sealed class Timer(MachineTime time, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _inner;

        public void Start(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Add(this);
            _inner = time.World.CreateTimer(static self => ((Timer)self!).Fire(), this, dueTime, period);
        }

        public void Stop() => _inner?.Dispose();

        public bool Change(TimeSpan dueTime, TimeSpan period) => _inner!.Change(dueTime, period);

        public void Dispose()
        {
            time._timers.Remove(this);
            Stop();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire() => time.Life.Run(() => callback(state));
    }

    private SimulatedTime World => world;

    private Life Life => life;
}
