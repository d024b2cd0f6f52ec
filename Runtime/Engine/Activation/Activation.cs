using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Lifecycle;
using ActorShop.Runtime.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace ActorShop.Runtime.Activations;

/// <summary>One incarnation of a grain in this silo.</summary>
/// <remarks>
/// <para>Creating → (in a cluster: registering) → activating → valid → draining → deactivating → gone. Only valid runs new requests; the others let them wait.</para>
/// <para>Whoever finds it gone is sent on to the router, which makes the next incarnation.</para>
/// </remarks>
internal sealed partial class Activation : RequestHost, IActivationContext
{
    private readonly SiloRuntime _silo;
    private readonly GrainClass _class;
    private Extras? _extras;
    private GrainReference? _reference;
    private Stage _stage;
    private object? _instance;
    private long _lastUse;

    public Activation(SiloRuntime silo, GrainClass grainClass, GrainId grainId, IActivationOwner owner, long number)
        : base(silo.Sink, silo.Limits.TurnsPerQuantum)
    {
        _silo = silo;
        _class = grainClass;
        GrainId = grainId;
        Owner = owner;
        Number = number;
        Filters = silo.IncomingFilters;
        Outward = silo.Cluster?.Gate;
        _lastUse = silo.Calls.Now;
    }

    /// <summary>From new to gone.</summary>
    private enum Stage : byte
    {
        Creating,
        Registering,
        Activating,
        Valid,
        Draining,
        Deactivating,
        Gone,
    }

    /// <inheritdoc/>
    public GrainId GrainId { get; }

    /// <summary>Counts the activations of the silo: names this one in traces.</summary>
    public long Number { get; }

    /// <summary>Who keeps it, and has to be told when it is gone.</summary>
    public IActivationOwner Owner { get; }

    public GrainClass Class => _class;

    /// <inheritdoc/>
    public object? GrainInstance => _instance;

    /// <inheritdoc/>
    public GrainReference GrainReference => _reference ??= _silo.References.CreateUntyped(GrainId);

    /// <inheritdoc/>
    public ActivationId ActivationId => new(_silo.ActivationGuid(Number));

    /// <inheritdoc/>
    public IServiceProvider ActivationServices => (Extra.Scope ??= _silo.Services.CreateScope()).ServiceProvider;

    /// <inheritdoc/>
    public IGrainLifecycle ObservableLifecycle => Extra.Lifecycle ??= new GrainLifecycle();

    /// <inheritdoc/>
    public Task Deactivated => Extra.Deactivated.Task;

    /// <inheritdoc/>
    public IGrainRuntime Runtime => _silo;

    public SiloRuntime Silo => _silo;

    /// <summary>Whether it can still answer calls. Safe to read from any thread, as an impression.</summary>
    public bool IsUsable => _stage <= Stage.Valid;

    protected override int WaitingLimit => _class.WaitingLimit;

    protected override bool Interleaves => _class.Interleaves;

    // Most activations need none of it, and memory per idle activation is a figure to beat.
    private Extras Extra => _extras ?? MakeExtras();

    /// <inheritdoc/>
    public TComponent? GetComponent<TComponent>()
        where TComponent : class =>
        _instance as TComponent
        ?? this as TComponent
        ?? (_extras?.Components is { } components && components.TryGetValue(typeof(TComponent), out var value)
            ? (TComponent)value
            : null);

    /// <inheritdoc/>
    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        var extra = Extra;
        lock (extra)
        {
            var components = extra.Components is { } old ? new Dictionary<Type, object>(old) : [];
            if (value is null)
            {
                components.Remove(typeof(TComponent));
            }
            else
            {
                components[typeof(TComponent)] = value;
            }

            extra.Components = components;
        }
    }

    /// <inheritdoc/>
    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override string ToString() => $"[Activation: {GrainId}@{Number} {_class.Type.FullName} {_stage}]";

    /// <summary>Throws where the calling code does not run in a turn of this activation.</summary>
    public void CheckAccess()
    {
        if (!ReferenceEquals(RuntimeContext.Current, this))
        {
            throw new InvalidOperationException(
                "Activation access violation. A non-activation thread attempted to access activation services.");
        }
    }

    /// <inheritdoc/>
    public void EnterReentrantSection(Guid callChain)
    {
        var sections = Extra.ReentrantSections ??= [];
        sections[callChain] = sections.GetValueOrDefault(callChain) + 1;
    }

    /// <inheritdoc/>
    public void ExitReentrantSection(Guid callChain)
    {
        if (_extras?.ReentrantSections is not { } sections || !sections.TryGetValue(callChain, out var depth))
        {
            return;
        }

        if (depth > 1)
        {
            sections[callChain] = depth - 1;
        }
        else
        {
            sections.Remove(callChain);
        }
    }

    public override void OnFault(Message message, Exception exception)
    {
        if (exception is InconsistentStateException { IsSourceActivation: true } stale)
        {
            // What this activation remembers is proven stale; the next one reads the truth. The caller's own activation,
            // through which the exception may pass on, has no part in it.
            stale.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The state was changed by somebody else."));
        }

        if (message.Has(Invocation.InvokeOptions.OneWay))
        {
            _silo.LogOneWayFailed(exception, message);
        }
    }

    protected override object? ReadyTarget(Message message)
    {
        switch (_stage)
        {
            case Stage.Valid:
                return _instance;
            case Stage.Creating:
                if (_silo.Cluster is { } cluster && !_class.IsStatelessWorker)
                {
                    _stage = Stage.Registering;
                    _ = RegisterAsync(cluster, message);
                    return null;
                }

                _stage = Stage.Activating;
                BeginActivation(message);
                return _stage == Stage.Valid ? _instance : null;
            case Stage.Draining when RunningCount > 0 && IsReentrantChain(message):
                // A running call waits for this one, and the end of the activation waits for the running call.
                return _instance;
            case Stage.Gone:
                // Only when it ended between two requests of one turn; the ones that wait are sent on together.
                SettleAfterTurn();
                return null;
            default:
                return null;
        }
    }

    protected override void OnUsed(Message message)
    {
        if (message.CountsAsUse)
        {
            _lastUse = _silo.Calls.Now;
        }
    }

    protected override bool IsReentrantChain(Message message) =>
        _extras?.ReentrantSections is { Count: > 0 } sections
        && message.Context is { } context
        && context.TryGetValue(RequestContext.CallChainReentrancyKey, out var value)
        && value is Guid chain
        && sections.ContainsKey(chain);

    protected override bool MayInterleave(object target, Message incoming, Message blocking) =>
        _class.MayInterleave is { } may
        && (may(target, new InvokableView(incoming.Request, target)) || may(target, new InvokableView(blocking.Request, target)));

    protected override void OnQuantumStarting() => RuntimeContext.Current = this;

    protected override void OnBroken(Exception exception) => _silo.LogBroken(exception, this);

    protected override void OnQuantumEnded() => RuntimeContext.Current = null;

    private Extras MakeExtras()
    {
        Interlocked.CompareExchange(ref _extras, new Extras(), null);
        return _extras;
    }

    private sealed class Extras
    {
        // Not asynchronously: what waits through WhenAll or WaitAsync would hop through the thread pool. It is completed in a
        // turn, where the code of others does not run inline.
        public TaskCompletionSource Deactivated { get; } = new();

        public IServiceScope? Scope { get; set; }

        public GrainLifecycle? Lifecycle { get; set; }

        public Dictionary<Type, object>? Components { get; set; }

        public Dictionary<Guid, int>? ReentrantSections { get; set; }

        public List<IDisposable>? Timers { get; set; }

        public long KeepAliveUntil { get; set; }

        public DeactivationReason Reason { get; set; }

        public EndItem? EndAfterActivation { get; set; }

        public SiloAddress? Winner { get; set; }
    }
}

/// <summary>Keeps activations. Safe from any thread.</summary>
internal interface IActivationOwner
{
    /// <summary>The activation is over: calls must not find it any more.</summary>
    void OnGone(Activation activation);
}
