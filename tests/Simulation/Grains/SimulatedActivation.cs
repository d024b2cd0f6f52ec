using Microsoft.Extensions.DependencyInjection;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;
using Orleans.Storage;
using Orleans.Timers;

namespace ActorShop.Simulation;

/// <summary>One activation of a grain: Orleans' class, scope and facets, run in simulated turns. It stands where Orleans' ActivationData does.</summary>
internal sealed class SimulatedActivation : IGrainContext, ITimerRegistry
{
    private readonly Dictionary<Type, object> _components = [];
    private readonly HashSet<SimulatedGrainTimer> _timers = [];
    private readonly GrainLifecycle _lifecycle = new();
    private readonly TaskCompletionSource _deactivated = new();
    private readonly RequestQueue _work;
    private readonly TurnScheduler _turns;
    private readonly GrainClass _class;
    private readonly AsyncServiceScope _scope;
    private Stage _stage = Stage.Activating;
    private TaskCompletionSource? _callsEnded;
    private GrainReference? _reference;
    private long _lastUsed;

    public SimulatedActivation(SiloRuntime runtime, GrainId id, GrainClass grain, long number)
    {
        (Runtime, GrainId, _class, Number) = (runtime, id, grain, number);
        ActivationId = new ActivationId(new Guid((int)number, (short)runtime.Process.Number, (short)runtime.Process.Life, 0, 0, 0, 0, 0, 0, 0, 0));
        Address = new GrainAddress { GrainId = id, ActivationId = ActivationId, SiloAddress = runtime.Address };
        _work = new(grain.IsReentrant);
        _turns = new(runtime.Cluster.Loop, runtime.Process, id.ToString(), ((ulong)id.GetUniformHashCode() << 32) | (uint)number, this);
        Scheduler = new WorkItems(_turns);
        _scope = runtime.Services.CreateAsyncScope();
        _lastUsed = runtime.Time.GetTimestamp();
    }

    private enum Stage
    {
        Activating,
        Valid,
        Deactivating,
        Ended,
    }

    public SiloRuntime Runtime { get; }

    public long Number { get; }

    public bool IsEnding => _stage >= Stage.Deactivating;

    public bool IsIdle => _stage is Stage.Valid && _work.IsEmpty;

    public DateTimeOffset KeepAliveUntil { get; set; }

    public GrainReference GrainReference => _reference ??= Runtime.ReferenceTo(GrainId);

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public ActivationId ActivationId { get; }

    public GrainAddress Address { get; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => _lifecycle;

    public IWorkItemScheduler Scheduler { get; }

    public Task Deactivated => _deactivated.Task;

    /// <summary>Whether it has been idle for a time, and did not ask to stay.</summary>
    public bool IsCollectable(TimeSpan age) => IsIdle && Runtime.Time.GetElapsedTime(_lastUsed) >= age && KeepAliveUntil <= Runtime.Time.GetUtcNow();

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType) =>
        componentType.IsInstanceOfType(GrainInstance) ? GrainInstance
        : _components.TryGetValue(componentType, out var known) ? known
        : componentType.IsInstanceOfType(this) ? this
        : null;

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        if (value is null)
        {
            _components.Remove(typeof(TComponent));
        }
        else
        {
            _components[typeof(TComponent)] = value;
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"{GrainId}#{Number} on {Runtime.Process}";

    public void ReceiveMessage(object message) => Receive((GrainRequest)message);

    public void Rehydrate(IRehydrationContext context) => throw new NotSupportedException("Activations do not migrate in the simulated host.");

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        Deactivate(new(DeactivationReasonCode.Migrating, "Activations do not migrate in the simulated host."), cancellationToken);

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => _ = _turns.RunAsync(() => ActivateAsync(requestContext));

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (!IsEnding)
        {
            _stage = Stage.Deactivating;
            _ = _turns.RunAsync(() => DeactivateAsync(deactivationReason));
        }
    }

    /// <summary>Takes a call. It runs when nothing keeps it out.</summary>
    public void Receive(GrainRequest request)
    {
        _work.Add(new(request, Tick: null, request.Options, KeepsAlive: true));
        StartWork();
    }

    public void ReceiveTick(Func<Task> tick, bool isInterleaving, bool keepsAlive)
    {
        _work.Add(new(Request: null, tick, isInterleaving ? InvokeMethodOptions.AlwaysInterleave : InvokeMethodOptions.None, keepsAlive));
        StartWork();
    }

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        var timer = new SimulatedGrainTimer(this, Runtime.Time, cancellationToken => callback(state, cancellationToken), options);
        _timers.Add(timer);
        return timer;
    }

    IDisposable ITimerRegistry.RegisterTimer(IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Grain.RegisterTimer is obsolete; use RegisterGrainTimer.");

    public void Remove(SimulatedGrainTimer timer) => _timers.Remove(timer);

    private async Task ActivateAsync(Dictionary<string, object>? requestContext)
    {
        RequestContextExtensions.Import(requestContext);
        try
        {
            GrainInstance = _class.Activator.CreateInstance(this);
            await _lifecycle.OnStart();
            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnActivateAsync(CancellationToken.None);
            }
        }
        catch (Exception fault)
        {
            // As in Orleans, the calls that wait fail with what stopped the activation; the next call tries again.
            End();
            foreach (var request in _work.TakeWaitingCalls())
            {
                Runtime.Answer(request, Response.FromException(fault));
            }

            return;
        }

        if (_stage is Stage.Activating)
        {
            _stage = Stage.Valid;
        }

        StartWork();
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        // Running calls come to their end; waiting ones go to the next activation.
        while (_work.HasRunningCalls)
        {
            _callsEnded ??= new();
            await _callsEnded.Task;
        }

        try
        {
            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(reason, CancellationToken.None);
            }

            await _lifecycle.OnStop();
        }
        catch (Exception)
        {
            // Orleans logs it, and the activation ends all the same.
            Runtime.Cluster.LoggedFaults++;
        }

        End();
        foreach (var request in _work.TakeWaitingCalls())
        {
            Runtime.Route(request);
        }
    }

    private void End()
    {
        _stage = Stage.Ended;
        foreach (var timer in _timers.ToArray())
        {
            timer.Dispose();
        }

        _scope.Dispose();
        Runtime.Remove(this);
        _deactivated.TrySetResult();
    }

    private void StartWork()
    {
        while (_stage is Stage.Valid && _work.TryStart() is { } work)
        {
            _ = _turns.RunAsync(() => RunAsync(work));
        }
    }

    private async Task RunAsync(ActivationWork work)
    {
        NoteUse(work);
        if (work.Tick is { } tick)
        {
            try
            {
                await tick();
            }
            catch (Exception)
            {
                // Orleans logs it, and the timer goes on.
                Runtime.Cluster.LoggedFaults++;
            }
        }
        else
        {
            Runtime.Answer(work.Request!, await InvokeAsync(work.Request!));
        }

        _work.End(work);
        NoteUse(work);
        if (!_work.HasRunningCalls)
        {
            _callsEnded?.TrySetResult();
        }

        StartWork();
    }

    private async ValueTask<Response> InvokeAsync(GrainRequest request)
    {
        RequestContextExtensions.Import(request.Context);
        Response response;
        try
        {
            request.Body!.SetTarget(this);
            response = await FilteredCall.RunAsync(Runtime.CallFilters, this, request);
        }
        catch (Exception fault)
        {
            response = Response.FromException(fault);
        }

        if (response.Exception is InconsistentStateException && InconsistentState.TakeSource(response.Exception))
        {
            // As in Orleans: the state in memory is not what is stored.
            Deactivate(new(DeactivationReasonCode.ApplicationError, response.Exception, "The state was inconsistent."));
        }

        return response;
    }

    private void NoteUse(ActivationWork work)
    {
        if (work.KeepsAlive)
        {
            _lastUsed = Runtime.Time.GetTimestamp();
        }
    }

    private sealed class WorkItems(TurnScheduler turns) : IWorkItemScheduler
    {
        public void QueueAction(Action action) => new Task(action).Start(turns);

        public void QueueTask(Task task) => task.Start(turns);

        public void QueueAction(Action<object> action, object state) => new Task(() => action(state)).Start(turns);
    }
}
