using ActorShop.Runtime.Scheduling;

namespace ActorShop.Runtime.Membership;

/// <summary>Lets pass what leaves the silo while its lease is valid, and holds it back otherwise.</summary>
/// <remarks>
/// What is held goes out once the lease has been renewed: then nobody has taken over meanwhile, and it is as right as it was.
/// A silo that is declared dead lets nothing out any more. Safe from any thread.
/// </remarks>
internal sealed class OutwardGate(Lease lease, ITurnSink sink, int limit)
{
    private readonly Lock _lock = new();
    private Queue<Action> _held = new();

    /// <summary>Whether things may leave at this moment.</summary>
    public bool IsOpen => lease.IsValid;

    /// <summary>How much is held back.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Keeps something for later; false where too much is kept already.</summary>
    public bool TryHold(Action release)
    {
        lock (_lock)
        {
            if (_held.Count >= limit)
            {
                return false;
            }

            _held.Enqueue(release);
            return true;
        }
    }

    /// <summary>The lease has been renewed: what is held goes out, on the sink.</summary>
    public void Release()
    {
        Queue<Action> released;
        lock (_lock)
        {
            if (_held.Count == 0)
            {
                return;
            }

            released = _held;
            _held = new();
        }

        sink.Schedule(new Released(released));
    }

    /// <summary>The silo is dead: what is held never goes out.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            _held.Clear();
        }
    }

    // Each looks at the gate again by itself when its turn has come.
    private sealed class Released(Queue<Action> items) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            foreach (var item in items)
            {
                item();
            }
        }
    }
}
