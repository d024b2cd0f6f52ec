namespace ActorShop.Testing.Customers;

/// <summary>Every attempt of every client since the start of a run. Thread-safe.</summary>
public sealed class Observations(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<Attempt> _attempts = [];
    private readonly long _began = clock.GetTimestamp();

    public TimeSpan Now => clock.GetElapsedTime(_began);

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

    public void Add(Attempt attempt)
    {
        lock (_lock)
        {
            _attempts.Add(attempt);
        }
    }

    /// <summary>Deletes the attempts so far, for runs that are measured piece by piece.</summary>
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
