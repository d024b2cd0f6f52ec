using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>An object outside of the grains that they may call, one call after the other. Held weakly: its owner keeps it alive.</summary>
internal sealed class ObserverHost(SiloRuntime silo, GrainId id, IGrainObserver observer)
    : RequestHost(silo.Sink, silo.Limits.TurnsPerQuantum)
{
    private static readonly GrainType Type = GrainType.Create("sys.observer");

    private readonly WeakReference<IGrainObserver> _observer = new(observer);

    protected override int WaitingLimit => silo.Messaging.MaxEnqueuedRequestsHardLimit;

    protected override bool Interleaves => false;

    /// <summary>An id for an observer of this process.</summary>
    /// <param name="number">Which observer of the process.</param>
    /// <param name="home">Who the process is to others; null where there are none.</param>
    public static GrainId NewId(long number, SiloAddress? home) => GrainId.Create(
        Type,
        home is null ? GrainIdKeyExtensions.CreateIntegerKey(number) : GrainIdKeyExtensions.CreateIntegerKey(number, home.ToParsableString()));

    /// <summary>The process of an observer; null where the id names none.</summary>
    public static SiloAddress? HomeOf(GrainId id)
    {
        if (!IsObserver(id))
        {
            return null;
        }

        var key = id.Key.ToString();
        var plus = key.IndexOf('+', StringComparison.Ordinal);
        try
        {
            return plus < 0 ? null : SiloAddress.FromParsableString(key[(plus + 1)..]);
        }
        catch (FormatException)
        {
            // Whoever made up the id made up a process that is not there.
            return null;
        }
    }

    public static bool IsObserver(GrainId id) => id.Type == Type;

    public override void OnFault(Message message, Exception exception)
    {
        if (message.Has(Invocation.InvokeOptions.OneWay))
        {
            silo.LogOneWayFailed(exception, message);
        }
    }

    public override string ToString() => $"[Observer: {id}]";

    protected override object? ReadyTarget(Message message)
    {
        if (_observer.TryGetTarget(out var target))
        {
            return target;
        }

        silo.Catalog.Remove(id);
        message.TryFail(new ClientNotAvailableException(id));
        foreach (var waiting in TakeWaiting())
        {
            waiting.TryFail(new ClientNotAvailableException(id));
        }

        return null;
    }

    protected override void OnUsed(Message message)
    {
    }

    protected override void RunOwn(WorkItem item) => throw new System.Diagnostics.UnreachableException();

    protected override bool IsReentrantChain(Message message) => false;

    protected override bool MayInterleave(object target, Message incoming, Message blocking) => false;

    protected override void OnQuantumStarting() => RuntimeContext.Current = null;

    protected override void OnBroken(Exception exception) => silo.LogBroken(exception, this);

    protected override void OnQuantumEnded() => RuntimeContext.Current = null;
}
