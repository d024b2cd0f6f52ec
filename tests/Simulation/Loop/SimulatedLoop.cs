namespace ActorShop.Simulation;

/// <summary>The schedulers that have a turn to run. The seed picks which one is next.</summary>
internal sealed class SimulatedLoop(SimulatedTime time, Randomness randomness, SimulationTrace trace)
{
    private readonly List<TurnScheduler> _ready = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private SimulationException? _escape;

    public bool IsEmpty => _ready.Count == 0;

    /// <summary>Fails the run if work has left the thread of the simulation and comes back to schedule a turn.</summary>
    public void CheckThread(TurnScheduler scheduler)
    {
        if (!ReferenceEquals(Thread.CurrentThread, _thread))
        {
            _escape ??= new($"Work left the simulation's thread, and schedules a turn of {scheduler} from another one:{Environment.NewLine}{Environment.StackTrace}");
            throw _escape;
        }
    }

    /// <summary>Throws what <see cref="CheckThread"/> found. The foreign thread itself cannot report it to the test.</summary>
    public void ThrowIfEscaped()
    {
        if (_escape is not null)
        {
            throw _escape;
        }
    }

    public void Add(TurnScheduler scheduler) => scheduler.Process.Do(() => _ready.Add(scheduler));

    /// <summary>Runs one turn, and returns whose it was.</summary>
    public TurnScheduler RunOne()
    {
        var picked = randomness.Next(_ready.Count);
        var scheduler = _ready[picked];
        _ready[picked] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        var process = scheduler.Process;
        if (process.IsDead || process.IsPaused)
        {
            Add(scheduler);
            return scheduler;
        }

        trace.Add(time.Elapsed, scheduler, randomness.Draws);
        scheduler.RunOne();
        return scheduler;
    }
}
