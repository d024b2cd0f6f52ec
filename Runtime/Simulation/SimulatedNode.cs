using ActorShop.Runtime.Scheduling;

namespace ActorShop.Runtime.Simulation;

/// <summary>One life of a process in the simulation: what it has scheduled runs only while it lives and is not paused.</summary>
/// <remarks>What belongs to a life that has ended (turns, timers, arrivals) is dropped where it would run.</remarks>
internal sealed class SimulatedNode(int number, int incarnation)
{
    private readonly TaskCompletionSource _ended = new();
    private TaskCompletionSource _running = Completed();

    /// <summary>Which silo; negative for the clients, which never end.</summary>
    public int Number { get; } = number;

    /// <summary>Which life of it, from 1.</summary>
    public int Incarnation { get; } = incarnation;

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>Completes with the end of this life.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Complete while it is not paused.</summary>
    public Task Running => _running.Task;

    /// <summary>What would have run while it was paused, in order.</summary>
    public List<Action> Parked { get; } = [];

    public void Pause()
    {
        if (!IsPaused && !IsDead)
        {
            IsPaused = true;
            _running = new TaskCompletionSource();
        }
    }

    public void Resume()
    {
        if (!IsPaused)
        {
            return;
        }

        IsPaused = false;
        var parked = Parked.ToArray();
        Parked.Clear();
        foreach (var item in parked)
        {
            item();
        }

        _running.TrySetResult();
    }

    public void Kill()
    {
        IsDead = true;
        IsPaused = false;
        Parked.Clear();
        _running.TrySetResult();
        _ended.TrySetResult();
    }

    /// <summary>Does something now, after the pause, or never.</summary>
    public void Do(Action action)
    {
        if (IsDead)
        {
            return;
        }

        if (IsPaused)
        {
            Parked.Add(action);
        }
        else
        {
            action();
        }
    }

    public override string ToString() => Number < 0 ? "clients" : $"silo {Number}.{Incarnation}";

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}

/// <summary>Where the turns of one life are scheduled.</summary>
internal sealed class SimulatedNodeSink(SimulatedTurnSink sink, SimulatedNode node) : ITurnSink
{
    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem item) => sink.Schedule(item, node);
}

/// <summary>The clock of one life: it runs a little fast or slow, and is a little wrong.</summary>
/// <param name="world">True time.</param>
/// <param name="node">Whose.</param>
/// <param name="rate">How fast it runs; 1 is right.</param>
/// <param name="skew">By how much its calendar is ahead.</param>
internal sealed class SimulatedClock(SimulatedTime world, SimulatedNode node, double rate, TimeSpan skew) : TimeProvider
{
    private readonly long _started = world.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)((world.GetTimestamp() - _started) * rate);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var inner = world.CreateTimer(
            _ => node.Do(() => callback(state)), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var timer = new Timer(inner, rate);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ITimer inner, double rate) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(InWorld(dueTime), InWorld(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        // Never early: what the clock has been asked to wait for has passed by it when the timer fires.
        private TimeSpan InWorld(TimeSpan time) => time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero
            ? time
            : TimeSpan.FromTicks((long)Math.Ceiling(time.Ticks / rate) + 1);
    }
}
