namespace ActorShop.Chaos.Traffic;

/// <summary>Every attempt of every customer, from the beginning of a run. Safe from any thread.</summary>
internal sealed class Observations(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<Attempt> _attempts = [];
    private readonly long _began = clock.GetTimestamp();

    /// <summary>The time since the run began.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_began);

    /// <summary>How many attempts there were so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _attempts.Count;
            }
        }
    }

    /// <summary>Notes an attempt that is over.</summary>
    public void Add(Attempt attempt)
    {
        lock (_lock)
        {
            _attempts.Add(attempt);
        }
    }

    /// <summary>Forgets what was, for runs that are measured piece by piece.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _attempts.Clear();
        }
    }

    /// <summary>Everything so far, in the order in which it ended.</summary>
    public IReadOnlyList<Attempt> Take()
    {
        lock (_lock)
        {
            return [.. _attempts];
        }
    }
}
