using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Scheduling;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Activations;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) =>
        Post(new EndItem(deactivationReason, idleSince: null));

    /// <summary>Ends it unless it has been used since. Safe from any thread.</summary>
    public void Collect(long idleSince) =>
        Post(new EndItem(new(DeactivationReasonCode.ActivationIdle, "Nobody called for the collection age."), idleSince));

    /// <summary>Whether it has idled for its age. Safe from any thread, as an impression; <see cref="Collect"/> looks again.</summary>
    public bool IsCollectible(long now, out long lastUse)
    {
        lastUse = Volatile.Read(ref _lastUse);
        return IsIdle && now - lastUse >= _class.CollectionTicks && (_extras is null || _extras.KeepAliveUntil <= now);
    }

    /// <summary>Keeps it from collection; not positive cancels.</summary>
    public void DelayDeactivation(TimeSpan time) =>
        Extra.KeepAliveUntil = time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue ? long.MaxValue
            : time <= TimeSpan.Zero ? 0
            : _silo.Calls.Now + _silo.Calls.TicksOf(time);

    /// <summary>Notes a timer, which ends with the activation.</summary>
    public void AddTimer(IDisposable timer) => (Extra.Timers ??= []).Add(timer);

    public void RemoveTimer(IDisposable timer) => _extras?.Timers?.Remove(timer);

    protected override void RunOwn(WorkItem item)
    {
        switch (item)
        {
            case EndItem end:
                BeginEnd(end);
                break;
            case LostItem lost:
                OnLost(lost.Winner);
                break;
            case DrainedItem:
                if (_stage == Stage.Draining)
                {
                    // Time is up; what still runs goes on without its activation.
                    _silo.LogDrainTimedOut(this, RunningCount);
                    BeginDeactivation();
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    protected override void OnIdling()
    {
        if (_stage == Stage.Draining)
        {
            BeginDeactivation();
        }
        else if (_stage == Stage.Gone)
        {
            SendOn();
        }
    }

    protected override void Settle()
    {
        if (_stage == Stage.Gone)
        {
            SendOn();
            return;
        }

        base.Settle();
    }

    private void BeginActivation(Message first)
    {
        try
        {
            _instance = _class.Create(this);
        }
        catch (Exception exception)
        {
            OnActivationFailed(first, new InvalidOperationException(
                $"Failed to create an instance of grain type '{_class.Type.FullName}'. See {nameof(Exception.InnerException)} for details.",
                exception));
            return;
        }

        if (_instance is ILifecycleParticipant<IGrainLifecycle> participant)
        {
            participant.Participate(ObservableLifecycle);
        }

        if (_extras?.Lifecycle is null && !_class.OverridesOnActivate)
        {
            _stage = Stage.Valid;
            return;
        }

        RequestContext.Values.Value = first.Context;
        var activating = ActivateAsync();
        RequestContext.Clear();
        if (activating.IsCompletedSuccessfully)
        {
            _stage = Stage.Valid;
            return;
        }

        _ = FinishActivationAsync(activating, first);
    }

    private async Task ActivateAsync()
    {
        using var limit = new CancellationTokenSource(_silo.Collection.ActivationTimeout, _silo.Time);
        if (_extras?.Lifecycle is { } lifecycle)
        {
            await lifecycle.OnStart(limit.Token).UntilAsync(limit.Token);
        }

        if (_instance is IGrainBase grain)
        {
            await grain.OnActivateAsync(limit.Token).UntilAsync(limit.Token);
        }
    }

    private async Task FinishActivationAsync(Task activating, Message first)
    {
        try
        {
            await activating;
            _stage = Stage.Valid;
            _lastUse = _silo.Calls.Now;
            if (_extras?.EndAfterActivation is { } end)
            {
                BeginEnd(end);
            }
        }
        catch (Exception exception)
        {
            await StopLifecycleAsync(CancellationToken.None);
            OnActivationFailed(first, exception);
        }

        SettleAfterTurn();
    }

    private void OnActivationFailed(Message first, Exception exception)
    {
        _silo.LogActivationFailed(exception, this);
        first.TryFail(exception);
        foreach (var waiting in TakeWaiting())
        {
            waiting.TryFail(exception);
        }

        Vanish();
    }

    private void BeginEnd(EndItem end)
    {
        if (end.IdleSince is { } since)
        {
            if (_stage == Stage.Creating)
            {
                Vanish();
                return;
            }

            if (_stage != Stage.Valid || _lastUse != since || RunningCount != 0 || WaitingCount != 0)
            {
                return;
            }
        }

        switch (_stage)
        {
            case Stage.Creating:
                Extra.Reason = end.Reason;
                Vanish();
                SettleAfterTurn();
                break;
            case Stage.Registering:
            case Stage.Activating:
                // It has to be valid before it can end in order.
                Extra.EndAfterActivation = end;
                break;
            case Stage.Valid:
                Extra.Reason = end.Reason;
                _stage = Stage.Draining;
                if (RunningCount == 0)
                {
                    BeginDeactivation();
                }
                else
                {
                    _ = LimitDrainAsync();
                }

                break;
            default:
                break;
        }
    }

    private async Task LimitDrainAsync()
    {
        using var limit = new CancellationTokenSource(_silo.Collection.DeactivationTimeout, _silo.Time);
        try
        {
            await Deactivated.UntilAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Post(new DrainedItem());
        }
    }

    private void BeginDeactivation()
    {
        _stage = Stage.Deactivating;
        _ = DeactivateAsync();
    }

    private async Task DeactivateAsync()
    {
        if (_extras?.Timers is { } timers)
        {
            _extras.Timers = null;
            timers.ForEach(static timer => timer.Dispose());
        }

        using var limit = new CancellationTokenSource(_silo.Collection.DeactivationTimeout, _silo.Time);
        try
        {
            if (_class.OverridesOnDeactivate && _instance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(Extra.Reason, limit.Token).UntilAsync(limit.Token);
            }
        }
        catch (Exception exception)
        {
            _silo.LogDeactivationFailed(exception, this);
        }

        await StopLifecycleAsync(limit.Token);
        Vanish();
        SettleAfterTurn();
    }

    private async Task StopLifecycleAsync(CancellationToken cancellationToken)
    {
        if (_extras?.Lifecycle is not { } lifecycle)
        {
            return;
        }

        try
        {
            await lifecycle.OnStop(cancellationToken).UntilAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            _silo.LogDeactivationFailed(exception, this);
        }
    }

    // From here on nobody finds this activation; those who hold it still are sent on.
    private void Vanish()
    {
        var wasRegistered = _stage > Stage.Registering && !_class.IsStatelessWorker;
        _stage = Stage.Gone;
        Owner.OnGone(this);
        if (wasRegistered && _silo.Cluster is { } cluster)
        {
            cluster.Turns.Begin(() =>
            {
                cluster.Directory.Unregister(this);
                return Task.CompletedTask;
            });
        }

        if (_instance is not null)
        {
            _ = DisposeInstanceAsync();
        }

        _extras?.Scope?.Dispose();
        Extra.Deactivated.TrySetResult();
    }

    private async Task DisposeInstanceAsync()
    {
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else if (_instance is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
        catch (Exception exception)
        {
            _silo.LogDeactivationFailed(exception, this);
        }
    }

    private void SendOn()
    {
        var waiting = TakeWaiting();
        var isDisplaced = _extras is { Reason.ReasonCode: DeactivationReasonCode.IncompatibleRequest };
        if (isDisplaced)
        {
            // The first decides where the next activation is, and that has to do for all.
            waiting = [.. waiting.OrderByDescending(static message => message.Demand.Version)];
        }

        foreach (var message in waiting)
        {
            if (message.IsSettled)
            {
                continue;
            }

            if (isDisplaced && message is not Timers.TimerMessage)
            {
                _silo.Router.Send(message);
                continue;
            }

            if (_extras?.Winner is { } winner && message is not Timers.TimerMessage && message.Forwards++ < _silo.Messaging.MaxForwardCount)
            {
                _silo.Cluster!.Router.SendTo(message, winner);
                continue;
            }

            if (message is Timers.TimerMessage || ++message.Forwards > _silo.Messaging.MaxForwardCount)
            {
                message.TryReject(new Rejection(
                    RejectionKind.WrongSilo,
                    $"Forwarding failed: tried to forward message {message} for {message.Forwards} times after its activation had ended."));
                continue;
            }

            _silo.Router.Send(message);
        }
    }

    private sealed class EndItem(DeactivationReason reason, long? idleSince) : WorkItem
    {
        public DeactivationReason Reason { get; } = reason;

        public long? IdleSince { get; } = idleSince;
    }

    private sealed class LostItem(SiloAddress winner) : WorkItem
    {
        public SiloAddress Winner { get; } = winner;
    }

    private sealed class DrainedItem : WorkItem;
}
