using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Configuration;
using Orleans.Core;
using Orleans.GrainReferences;
using Orleans.Metadata;
using Orleans.Runtime.Placement;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Timers;

namespace ActorShop.Simulation;

/// <summary>One life of a silo: its services, its activations and its calls. It stands where Orleans' runtime client and catalog do.</summary>
internal sealed partial class SiloRuntime : IGrainReferenceRuntime, IGrainRuntime
{
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly Randomness _randomness;
    private readonly Serializer _serializer;
    private readonly DeepCopier _copier;
    private readonly GrainReferenceActivator _references;
    private readonly TimeSpan _responseTimeout;

    public SiloRuntime(
        SimulatedCluster cluster, SimulatedSilo silo, SimulatedProcess process, TimeProvider time, Randomness randomness, Action<ISiloBuilder> configure)
    {
        (Cluster, Silo, Process, Address, Time, _randomness) = (cluster, silo, process, silo.Address, time, randomness);
        var builder = OrleansParts.NewSilo();
        var services = builder.Services;
        services.AddSingleton(time);
        configure(builder);

        // Orleans' proxies, codecs, resolvers, manifest and facets stay. What would start threads and sockets is replaced.
        var details = new SimulatedSiloDetails(process.ToString(), silo.Address);
        services.AddSingleton<ILocalSiloDetails>(details);
        services.AddSingleton<IClusterMembershipService>(details);
        services.AddSingleton<IGrainReferenceRuntime>(this);
        services.AddSingleton<IGrainRuntime>(this);
        services.AddSingleton<IGrainFactory, SimulatedGrainFactory>();
        services.AddSingleton<ITimerRegistry>(_ => TimerRegistry);
        Services = services.BuildServiceProvider();
        GrainFactory = Services.GetRequiredService<IGrainFactory>();
        _serializer = Services.GetRequiredService<Serializer>();
        _copier = Services.GetRequiredService<DeepCopier>();
        _references = Services.GetRequiredService<GrainReferenceActivator>();
        CallFilters = [.. Services.GetServices<IIncomingGrainCallFilter>()];
        _responseTimeout = Services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout;
    }

    public SimulatedCluster Cluster { get; }

    public SimulatedSilo Silo { get; }

    public SimulatedProcess Process { get; }

    public SiloAddress Address { get; }

    public TimeProvider Time { get; }

    public ServiceProvider Services { get; }

    public IGrainFactory GrainFactory { get; }

    public IReadOnlyList<IIncomingGrainCallFilter> CallFilters { get; }

    string IGrainRuntime.SiloIdentity => Address.ToString();

    SiloAddress IGrainRuntime.SiloAddress => Address;

    IServiceProvider IGrainRuntime.ServiceProvider => Services;

    TimeProvider IGrainRuntime.TimeProvider => Time;

    public ITimerRegistry TimerRegistry =>
        TurnContext.Current as SimulatedActivation ?? throw new InvalidOperationException("A timer can be registered in a grain's turn only.");

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        ((SimulatedActivation)grainContext).KeepAliveUntil = Time.GetUtcNow() + timeSpan;

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) =>
        throw new NotSupportedException("The simulated host has no Grain<TState>: the shop's grains use IPersistentState.");

    public ValueTask<T?> InvokeMethodAsync<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        if (options.HasFlag(InvokeMethodOptions.OneWay))
        {
            Send(reference, request, options, answered: null);
            return default;
        }

        // A plain source: one that runs its continuations asynchronously would take Task.WhenAll and WhenAny through the thread pool.
        var answer = new TaskCompletionSource<T?>();
        Send(reference, request, options, response =>
        {
            if (response.Exception is { } fault)
            {
                answer.TrySetException(fault);
            }
            else
            {
                answer.TrySetResult(response.GetResult<T>());
            }
        });
        return new(answer.Task);
    }

    public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        if (options.HasFlag(InvokeMethodOptions.OneWay))
        {
            Send(reference, request, options, answered: null);
            return default;
        }

        var answer = new TaskCompletionSource();
        Send(reference, request, options, response =>
        {
            if (response.Exception is { } fault)
            {
                answer.TrySetException(fault);
            }
            else
            {
                answer.TrySetResult();
            }
        });
        return new(answer.Task);
    }

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        Send(reference, request, options, answered: null);

    public object Cast(IAddressable grain, Type interfaceType) => grain is GrainReference && interfaceType.IsInstanceOfType(grain)
        ? grain
        : _references.CreateReference(grain.GetGrainId(), Services.GetRequiredService<GrainInterfaceTypeResolver>().GetGrainInterfaceType(interfaceType));

    public GrainReference ReferenceTo(GrainId grain) => _references.CreateReference(grain, default);

    private GrainClass ClassOf(GrainType type)
    {
        if (!_classes.TryGetValue(type, out var known))
        {
            if (!Services.GetRequiredService<GrainClassMap>().TryGetGrainClass(type, out var found))
            {
                throw new ArgumentException($"No class implements the grain type {type}.", nameof(type));
            }

            _classes[type] = known = new(found, Services.GetRequiredService<PlacementStrategyResolver>().GetPlacementStrategy(type));
        }

        return known;
    }
}
