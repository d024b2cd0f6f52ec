using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ActorShop.Runtime.Activations;

/// <summary>What is known of a grain class before any of its activations: read by reflection once, at start.</summary>
internal sealed class GrainClass
{
    private const string Suffix = "grain";

    private readonly ObjectFactory _create;
    private readonly Func<IGrainContext, object>[] _facets;
    private readonly bool _needsServices;

    public GrainClass(Type type, IServiceProvider services, GrainCollectionOptions collection, SiloMessagingOptions messaging, Func<TimeSpan, long> ticksOf)
    {
        Type = type;
        GrainType = TypeOf(type);
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? new ResourceOptimizedPlacement();
        WaitingLimit = IsStatelessWorker
            ? messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker
            : messaging.MaxEnqueuedRequestsHardLimit;
        CollectionTicks = ticksOf(CollectionAge(type, collection));
        MayInterleave = InterleavingOf(type);
        OverridesOnActivate = Overrides(type, nameof(IGrainBase.OnActivateAsync));
        OverridesOnDeactivate = Overrides(type, nameof(IGrainBase.OnDeactivateAsync));
        (_create, _facets, _needsServices) = ConstructorOf(type, services);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public PlacementStrategy Placement { get; }

    public bool IsStatelessWorker => Placement is StatelessWorkerPlacement;

    /// <summary>How many requests may wait for one activation.</summary>
    public int WaitingLimit { get; }

    /// <summary>How long an activation may idle, in ticks of the pending calls.</summary>
    public long CollectionTicks { get; }

    /// <summary>Whether a request may interleave, by the class; null where the class says nothing.</summary>
    public Func<object, IInvokable, bool>? MayInterleave { get; }

    public bool Interleaves => MayInterleave is not null;

    public bool OverridesOnActivate { get; }

    public bool OverridesOnDeactivate { get; }

    /// <summary>The name of a class's type.</summary>
    public static GrainType TypeOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } stated)
        {
            return stated.GrainType;
        }

        var name = type.Name.ToLowerInvariant();
        var arity = name.IndexOf('`', StringComparison.Ordinal);
        var bare = arity < 0 ? name : name[..arity];
        if (bare.Length > Suffix.Length && bare.EndsWith(Suffix, StringComparison.Ordinal))
        {
            bare = bare[..^Suffix.Length];
        }

        return GrainType.Create(arity < 0 ? bare : bare + name[arity..]);
    }

    /// <summary>Makes the object, in a turn of its activation.</summary>
    public object Create(Activation activation)
    {
        var arguments = _facets.Length == 0 ? [] : new object[_facets.Length];
        for (var index = 0; index < arguments.Length; index++)
        {
            arguments[index] = _facets[index](activation);
        }

        return _create(_needsServices ? activation.ActivationServices : activation.Silo.Services, arguments);
    }

    private static TimeSpan CollectionAge(Type type, GrainCollectionOptions options)
    {
        if (options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var stated))
        {
            return stated;
        }

        return type.GetCustomAttribute<CollectionAgeLimitAttribute>() switch
        {
            null => options.CollectionAge,
            { AlwaysActive: true } => TimeSpan.MaxValue,
            var attribute => attribute.AgeLimit,
        };
    }

    private static Func<object, IInvokable, bool>? InterleavingOf(Type type)
    {
        if (type.IsDefined(typeof(ReentrantAttribute), inherit: true))
        {
            return static (_, _) => true;
        }

        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { CallbackMethodName: var name })
        {
            return null;
        }

        var method = type.GetMethod(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy)
            ?? throw new InvalidOperationException(
                $"Class {type.FullName} doesn't declare public method with name {name} specified in MayInterleave attribute");
        if (method.ReturnType != typeof(bool) || method.GetParameters() is not [{ ParameterType: var parameter }] || parameter != typeof(IInvokable))
        {
            throw new InvalidOperationException(
                $"Wrong signature of callback method {name} specified in MayInterleave attribute for grain class {type.FullName}. "
                + $"Expected: public bool {name}(IInvokable req)");
        }

        if (method.IsStatic)
        {
            var ofClass = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, request) => ofClass(request);
        }

        var bind = typeof(GrainClass).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        return bind.CreateDelegate<Func<MethodInfo, Func<object, IInvokable, bool>>>()(method);
    }

    private static Func<object, IInvokable, bool> Bind<TGrain>(MethodInfo method)
    {
        var ofInstance = method.CreateDelegate<Func<TGrain, IInvokable, bool>>();
        return (grain, request) => ofInstance((TGrain)grain, request);
    }

    private static bool Overrides(Type type, string method)
    {
        var map = typeof(IGrainBase).IsAssignableFrom(type) ? type.GetInterfaceMap(typeof(IGrainBase)) : default;
        var index = Array.FindIndex(map.InterfaceMethods ?? [], candidate => string.Equals(candidate.Name, method, StringComparison.Ordinal));
        return index >= 0
            && map.TargetMethods[index].DeclaringType is { } declaring
            && declaring != typeof(Grain)
            && declaring != typeof(IGrainBase);
    }

    private static (ObjectFactory Create, Func<IGrainContext, object>[] Facets, bool NeedsServices) ConstructorOf(Type type, IServiceProvider services)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.FirstOrDefault(static candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute), inherit: false))
            ?? (constructors.Length == 1 ? constructors[0] : constructors.OrderByDescending(static candidate => candidate.GetParameters().Length).FirstOrDefault())
            ?? throw new InvalidOperationException($"Grain class {type.FullName} has no public constructor.");

        var facets = new List<Func<IGrainContext, object>>();
        var types = new List<Type>();
        var parameters = constructor.GetParameters();
        foreach (var parameter in parameters)
        {
            if (FacetOf(parameter, services) is { } facet)
            {
                facets.Add(facet);
                types.Add(parameter.ParameterType);
            }
        }

        return (ActivatorUtilities.CreateFactory(type, [.. types]), [.. facets], parameters.Length > facets.Count);
    }

    private static Func<IGrainContext, object>? FacetOf(ParameterInfo parameter, IServiceProvider services)
    {
        if (parameter.ParameterType == typeof(IGrainContext))
        {
            return static context => context;
        }

        if (parameter.GetCustomAttributes().OfType<IFacetMetadata>().FirstOrDefault() is not { } metadata)
        {
            return null;
        }

        var mapper = services.GetService(typeof(IAttributeToFactoryMapper<>).MakeGenericType(metadata.GetType()))
            ?? throw new OrleansException(
                $"Missing attribute mapper for attribute {metadata.GetType()} used in grain constructor for grain type {parameter.Member.DeclaringType}.");
        var bind = typeof(GrainClass).GetMethod(nameof(BindFacet), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(metadata.GetType());
        return (Func<IGrainContext, object>)bind.Invoke(obj: null, [mapper, parameter, metadata])!;
    }

    private static Func<IGrainContext, object> BindFacet<TMetadata>(
        IAttributeToFactoryMapper<TMetadata> mapper, ParameterInfo parameter, TMetadata metadata)
        where TMetadata : IFacetMetadata
    {
        var factory = mapper.GetFactory(parameter, metadata);
        return context => factory(context);
    }
}
