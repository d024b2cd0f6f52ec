using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Scheduling;
using Orleans.Runtime;

namespace ActorShop.Runtime.Activations;

/// <summary>Takes requests to one object and decides when each may start: the rules of reentrancy.</summary>
/// <remarks>
/// A request starts when no other runs, or when both sides agree to interleave; otherwise it waits. Waiting requests are
/// looked through in order after each turn that ended one, so one that may interleave overtakes others that may not. All
/// members belong to the turns, but for <see cref="Receive"/> and the few that say so.
/// </remarks>
internal abstract class RequestHost(ITurnSink sink, int quantum) : TurnScheduler(sink, quantum), IAddressee
{
    // Requests started in one settling; the rest follow in a turn of their own, so that other grains are served between.
    private const int StartsPerSettling = 16;

    private MessageList _waiting;
    private MessageList _running;
    private Message? _blocking;
    private int _runningCount;
    private int _overtakers;

    /// <summary>The filters of arriving calls; null where there are none.</summary>
    public IncomingFilters? Filters { get; protected init; }

    /// <summary>What answers to callers outside of grains have to pass; null for a silo by itself.</summary>
    public OutwardGate? Outward { get; protected init; }

    /// <summary>How many requests run. Safe to read from any thread, as an impression.</summary>
    public int RunningCount => _runningCount;

    /// <summary>How many requests wait. Safe to read from any thread, as an impression.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Whether nothing runs and nothing waits. Safe to read from any thread, as an impression.</summary>
    public bool IsIdle => _runningCount == 0 && _waiting.Count == 0 && IsResting;

    /// <summary>What runs now and blocks others, for the log.</summary>
    public Message? Blocking => _blocking;

    /// <summary>The limit of waiting requests.</summary>
    protected abstract int WaitingLimit { get; }

    /// <summary>Takes a request. Safe from any thread.</summary>
    public void Receive(Message message) => Post(message);

    /// <summary>Whether calls of this object go through filters.</summary>
    public bool IsFiltered(object target) => Filters is not null || target is Orleans.IIncomingGrainCallFilter;

    /// <summary>A method has thrown.</summary>
    public abstract void OnFault(Message message, Exception exception);

    /// <summary>A request that was left running has ended.</summary>
    public void OnEnded(Message message)
    {
        _running.Remove(message);
        End(message);
        SettleAfterTurn();
    }

    /// <summary>A request awaits something, so its turn is over before it is.</summary>
    public void OnLeftRunning(Message message) => _running.Add(message);

    /// <summary>Whether requests of this object may interleave although neither they nor their chain say so.</summary>
    protected abstract bool Interleaves { get; }

    /// <summary>The object that is called, if it can be called now; else requests wait.</summary>
    protected abstract object? ReadyTarget(Message message);

    /// <summary>A request has ended, or was dropped.</summary>
    protected virtual void OnIdling()
    {
    }

    /// <summary>A request is about to start.</summary>
    protected abstract void OnUsed(Message message);

    /// <summary>Runs an item of the host's own.</summary>
    protected abstract void RunOwn(WorkItem item);

    /// <summary>Whether the call comes from a section that allowed its chain to come back.</summary>
    protected abstract bool IsReentrantChain(Message message);

    /// <summary>Whether the object lets these interleave. May throw: then the incoming request is refused.</summary>
    protected abstract bool MayInterleave(object target, Message incoming, Message blocking);

    protected sealed override void Run(WorkItem item)
    {
        switch (item)
        {
            case Message message:
                Accept(message);
                break;
            case Cancellation.CancelItem cancel:
                cancel.Cancel();
                break;
            case SettleItem:
                Settle();
                break;
            default:
                RunOwn(item);
                break;
        }
    }

    protected override void Settle()
    {
        var started = 0;
        for (var message = _waiting.First; message is not null;)
        {
            if (message.IsSettled)
            {
                message = Unwait(message);
                continue;
            }

            if (ReadyTarget(message) is not { } target)
            {
                break;
            }

            if (!TryMayStart(target, message, out var refused))
            {
                // A long queue is not looked through in vain: nobody in it may overtake.
                if (_overtakers == 0 && !Interleaves)
                {
                    break;
                }

                message = message.After;
                continue;
            }

            if (started++ == StartsPerSettling)
            {
                Post(new SettleItem());
                break;
            }

            var next = Unwait(message);
            if (!refused)
            {
                Start(target, message);
            }

            message = next;
        }

        if (_runningCount == 0)
        {
            OnIdling();
        }
    }

    /// <summary>Takes all waiting requests away.</summary>
    protected List<Message> TakeWaiting()
    {
        _overtakers = 0;
        return _waiting.TakeAll();
    }

    /// <summary>Adds a request to those that wait, or refuses it at the limit.</summary>
    protected void Wait(Message message)
    {
        if (WaitingLimit > 0 && _waiting.Count >= WaitingLimit)
        {
            message.TryFail(new LimitExceededException(
                nameof(Orleans.Configuration.SiloMessagingOptions.MaxEnqueuedRequestsHardLimit),
                _waiting.Count,
                WaitingLimit,
                ToString()!));
            return;
        }

        _waiting.Add(message);
        _overtakers += MayOvertake(message) ? 1 : 0;
    }

    private static bool MayOvertake(Message message) =>
        message.Has(InvokeOptions.AlwaysInterleave | InvokeOptions.ReadOnly) || message.Context is not null;

    private Message? Unwait(Message message)
    {
        _overtakers -= MayOvertake(message) ? 1 : 0;
        return _waiting.Remove(message);
    }

    private void Accept(Message message)
    {
        if (message.IsSettled)
        {
            return;
        }

        if (ReadyTarget(message) is not { } target || !TryMayStart(target, message, out var refused))
        {
            // An activation that fails to begin has settled the request that it was to begin with.
            if (!message.IsSettled)
            {
                Wait(message);
            }

            return;
        }

        if (refused)
        {
            return;
        }

        Start(target, message);
        if (_waiting.Count != 0 || _runningCount == 0)
        {
            SettleAfterTurn();
        }
    }

    private bool TryMayStart(object target, Message incoming, out bool refused)
    {
        refused = false;
        try
        {
            return MayStart(target, incoming);
        }
        catch (Exception exception)
        {
            // The grain's own predicate failed: whether it is safe to run the request is unknown.
            incoming.TryFail(exception);
            return refused = true;
        }
    }

    private bool MayStart(object target, Message incoming) =>
        _runningCount == 0
        || incoming.Has(InvokeOptions.AlwaysInterleave)
        || _blocking is null
        || (_blocking.Has(InvokeOptions.ReadOnly) && incoming.Has(InvokeOptions.ReadOnly))
        || IsReentrantChain(incoming)
        || MayInterleave(target, incoming, _blocking);

    private void Start(object target, Message message)
    {
        message.Cancellation?.OnStarting(this);
        if (message.IsSettled)
        {
            return;
        }

        OnUsed(message);
        _runningCount++;
        if (!message.Has(InvokeOptions.AlwaysInterleave))
        {
            _blocking ??= message;
        }

        if (message.Context is { } context)
        {
            RequestContext.Values.Value = context;
        }
        else if (RequestContext.Values.Value is not null)
        {
            RequestContext.Values.Value = null;
        }

        if (message.Start(this, target))
        {
            End(message);
        }
    }

    private void End(Message message)
    {
        _runningCount--;
        if (!ReferenceEquals(_blocking, message))
        {
            return;
        }

        // Others may run still, that interleaved with it: the oldest of them blocks now.
        _blocking = null;
        for (var running = _running.First; running is not null && _blocking is null; running = running.After)
        {
            if (!running.Has(InvokeOptions.AlwaysInterleave))
            {
                _blocking = running;
            }
        }
    }

    private sealed class SettleItem : WorkItem;
}
