namespace ActorShop.Simulation;

/// <summary>The clock of one process. Its rate and its calendar are a little wrong; its timestamps never go back.</summary>
/// <param name="world">True time.</param>
/// <param name="process">The process. Timers do not outlive it.</param>
/// <param name="rate">How fast it runs; 1 is right.</param>
/// <param name="skew">How far its calendar is ahead.</param>
internal sealed class SimulatedClock(SimulatedTime world, SimulatedProcess process, double rate, TimeSpan skew) : TimeProvider
{
    private readonly long _started = world.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + skew;

    public override long GetTimestamp() => (long)((world.GetTimestamp() - _started) * rate);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var inner = world.CreateTimer(
            _ => process.Do(() => callback(state)), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var timer = new Timer(inner, rate);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ITimer inner, double rate) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(InWorld(dueTime), InWorld(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        // Rounded up, so that this clock has passed the due time when the timer fires.
        private TimeSpan InWorld(TimeSpan time) => time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero
            ? time
            : TimeSpan.FromTicks((long)Math.Ceiling(time.Ticks / rate) + 1);
    }
}
