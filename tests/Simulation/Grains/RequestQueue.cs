using Orleans.CodeGeneration;

namespace ActorShop.Simulation;

/// <summary>The work of one activation: what runs, what waits, and what may run beside what. The rules are those of Orleans' ActivationData.</summary>
internal sealed class RequestQueue(bool isReentrant)
{
    private readonly List<ActivationWork> _waiting = [];
    private readonly List<ActivationWork> _running = [];

    // The work that keeps other work out. Work that always interleaves keeps nothing out.
    private ActivationWork? _blocking;

    public bool IsEmpty => _waiting.Count == 0 && _running.Count == 0;

    /// <summary>Whether a call runs; a tick of a timer does not count.</summary>
    public bool HasRunningCalls => _running.Exists(static work => work.Request is not null);

    public void Add(ActivationWork work) => _waiting.Add(work);

    /// <summary>Takes the first work that may run now.</summary>
    public ActivationWork? TryStart()
    {
        // Work that may not run does not keep out work behind it that may.
        var index = _waiting.FindIndex(MayRun);
        if (index < 0)
        {
            return null;
        }

        var work = _waiting[index];
        _waiting.RemoveAt(index);
        _running.Add(work);
        if (!isReentrant && !work.Options.HasFlag(InvokeMethodOptions.AlwaysInterleave))
        {
            _blocking ??= work;
        }

        return work;
    }

    public void End(ActivationWork work)
    {
        _running.Remove(work);
        if (_blocking == work)
        {
            _blocking = null;
        }
    }

    /// <summary>Takes the calls that wait. Waiting ticks are dropped: timers end with their activation.</summary>
    public GrainRequest[] TakeWaitingCalls()
    {
        GrainRequest[] calls = [.. _waiting.Select(static work => work.Request).OfType<GrainRequest>()];
        _waiting.Clear();
        return calls;
    }

    private bool MayRun(ActivationWork work) => _blocking is null
        || work.Options.HasFlag(InvokeMethodOptions.AlwaysInterleave)
        || (work.Options.HasFlag(InvokeMethodOptions.ReadOnly) && _blocking.Options.HasFlag(InvokeMethodOptions.ReadOnly));
}

/// <summary>A call, or the tick of a timer.</summary>
/// <param name="Request">The call; null for a tick.</param>
/// <param name="Tick">The tick; null for a call.</param>
/// <param name="Options">What it may run beside.</param>
/// <param name="KeepsAlive">Whether it counts as use of the activation.</param>
internal sealed record ActivationWork(GrainRequest? Request, Func<Task>? Tick, InvokeMethodOptions Options, bool KeepsAlive)
{
    // Each is itself: two ticks of a timer are not the same work.
    public bool Equals(ActivationWork? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
