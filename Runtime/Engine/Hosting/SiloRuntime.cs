using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Diagnostics;
using ActorShop.Runtime.Directory;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Serialization;
using ActorShop.Runtime.Storage;
using ActorShop.Runtime.Streams;
using ActorShop.Runtime.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Timers;

namespace ActorShop.Runtime.Hosting;

/// <summary>One silo: what its activations share, and the gate through which every call leaves.</summary>
/// <remarks>Safe from any thread. It knows the seams (time, sink, router) and nothing behind them.</remarks>
internal sealed partial class SiloRuntime : IGrainRuntime, IGrainContextAccessor, IDisposable
{
    private readonly Gate _gate = new();
    private readonly Guid _origin;

    public SiloRuntime(IServiceProvider services)
    {
        Services = services;
        Time = services.GetRequiredService<TimeProvider>();
        Sink = services.GetRequiredService<ITurnSink>();
        Codecs = services.GetRequiredService<ICodecProvider>();
        Limits = services.GetRequiredService<IOptions<EngineLimits>>().Value;
        Messaging = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        SiloIdentity = services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName;
        _logger = services.GetRequiredService<ILogger<SiloRuntime>>();
        Instruments = services.GetRequiredService<EngineInstruments>();
        var chance = services.GetRequiredService<Chance>().Fork("silo");
        _origin = chance.NextGuid();
        Processors = services.GetRequiredService<SiloEnvironment>().Processors;
        System = new SystemTurns(Sink, _logger);
        Calls = new PendingCalls(Sink, Time, Messaging.ResponseTimeout, Limits.MaxPendingCalls);
        Catalog = new Catalog(this);
        Cluster = SiloCluster.Create(this);
        Home = Cluster?.Self;
        Router = (IMessageRouter?)Cluster?.Router ?? new LocalRouter(Catalog);
        TimerRegistry = new TimerRegistry(this);
        Streams = new StreamNews(this);

        var manifest = services.GetRequiredService<GrainManifests>();
        GrainClass[] classes =
            [.. manifest.Classes.Select(type => new GrainClass(type, services, Collection, Messaging, Calls.TicksOf))];
        Catalog.Use(classes);
        Interfaces = new GrainInterfaces(manifest.Interfaces, classes);
        References = new GrainReferences(this, Interfaces);
        if (Codecs is CodecProvider codecs)
        {
            codecs.References = References;
        }

        GrainFactory = new GrainFactory(this);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public ITurnSink Sink { get; }

    public ICodecProvider Codecs { get; }

    public EngineLimits Limits { get; }

    public SiloMessagingOptions Messaging { get; }

    public GrainCollectionOptions Collection { get; }

    /// <summary>Where the silo's own services work.</summary>
    public SystemTurns System { get; }

    public EngineInstruments Instruments { get; }

    public PendingCalls Calls { get; }

    public Catalog Catalog { get; }

    public IMessageRouter Router { get; }

    /// <summary>The other silos; null for a silo by itself.</summary>
    public SiloCluster? Cluster { get; }

    /// <summary>What silos tell each other of streams.</summary>
    public StreamNews Streams { get; }

    /// <summary>Whether grains may be called from here by anybody: it has started, and does not stop.</summary>
    public bool IsOpen => _gate.Admits(sender: null);

    /// <summary>Whether grains here may be called, at least by grains.</summary>
    public bool IsOpenToGrains => _gate.IsOpenToGrains;

    public GrainInterfaces Interfaces { get; }

    public GrainReferences References { get; }

    public GrainFactory GrainFactory { get; }

    /// <summary>Where those outside find this process's observers; null where nobody is outside.</summary>
    public SiloAddress? Home { get; set; }

    /// <summary>How many stateless workers of a grain there may be where the class does not say.</summary>
    public int Processors { get; }

    /// <summary>Null where there are none: the fast path.</summary>
    public IncomingFilters? IncomingFilters { get; private set; }

    /// <summary>Null where there are none: the fast path.</summary>
    public IReadOnlyList<IOutgoingGrainCallFilter>? OutgoingFilters { get; private set; }

    /// <inheritdoc/>
    public string SiloIdentity { get; }

    /// <inheritdoc/>
    public ITimerRegistry TimerRegistry { get; }

    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => Services;

    /// <inheritdoc/>
    public IGrainContext? GrainContext => RuntimeContext.Current;

    IGrainFactory IGrainRuntime.GrainFactory => GrainFactory;

    /// <inheritdoc/>
    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    /// <inheritdoc/>
    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        (grainContext as Activation)?.DelayDeactivation(timeSpan);

    /// <inheritdoc/>
    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext)
    {
        var activation = (Activation)grainContext;
        var provider = (Orleans.Providers.StorageProviderAttribute?)Attribute.GetCustomAttribute(
            activation.Class.Type, typeof(Orleans.Providers.StorageProviderAttribute));
        return PersistentStates.Create<TGrainState>(activation, "state", provider?.ProviderName);
    }

    public Guid ActivationGuid(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        _origin.TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes[8..], number);
        return new Guid(bytes);
    }

    /// <summary>Sends a request of whoever runs on this thread.</summary>
    public void Send(Message message)
    {
        var sender = RuntimeContext.Current;
        message.Sender = sender;
        if (!_gate.Admits(sender))
        {
            message.TryFail(new SiloUnavailableException(
                _gate.HasOpened ? "The silo is stopping." : "The silo has not started."));
            return;
        }

        if (Interfaces.AreVersioned)
        {
            message.Demand = Interfaces.DemandOf(message.Request);
        }

        if (RequestContext.Values.Value is { } values)
        {
            message.Context = CopyContext(values);
        }

        var caller = message.Request.CancellationToken;
        if (caller.CanBeCanceled)
        {
            if (caller.IsCancellationRequested)
            {
                message.TryFail(new OperationCanceledException(caller));
                return;
            }

            message.Cancellation = new Cancellation(message, Sink, Messaging.CancelRequestOnTimeout, caller);
        }

        if (!Calls.TryAdd(message))
        {
            message.TryFail(new LimitExceededException(
                nameof(EngineLimits.MaxPendingCalls), Calls.Count, Limits.MaxPendingCalls, SiloIdentity));
            return;
        }

        message.Cancellation?.Listen();
        Router.Send(message);
    }

    public void Dispose()
    {
        _collector?.Dispose();
        Calls.Dispose();
    }

    private Dictionary<string, object> CopyContext(Dictionary<string, object> values)
    {
        var copy = new Dictionary<string, object>(values.Count, StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            copy.Add(key, value is string or Guid or int or long ? value : Codecs.GetCodec(value.GetType()).Copy(value)!);
        }

        return copy;
    }

    /// <summary>Who may call: nobody before the start, grains alone while it stops.</summary>
    private sealed class Gate
    {
        private volatile bool _open;
        private volatile bool _forGrains;

        public bool HasOpened { get; private set; }

        public bool IsOpenToGrains => _forGrains;

        public bool Admits(IGrainContext? sender) => sender is null ? _open : _forGrains;

        public void Open() => _open = _forGrains = HasOpened = true;

        public void OpenToGrains() => _forGrains = true;

        public void CloseToOthers() => _open = false;

        public void Close() => _open = _forGrains = false;
    }
}
