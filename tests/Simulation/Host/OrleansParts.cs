using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.CodeGeneration;
using Orleans.GrainReferences;
using Orleans.Metadata;
using Orleans.Runtime.Placement;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.Session;
using Orleans.Serialization.TypeSystem;

namespace ActorShop.Simulation;

/// <summary>The parts of Orleans that all silos of all runs share: manifests, codecs and resolvers. They follow from the assemblies alone, and are slow to make.</summary>
internal static class OrleansParts
{
    private static readonly Type[] SharedTypes =
    [
        typeof(TypeConverter), typeof(CodecProvider), typeof(SerializerSessionPool), typeof(CopyContextPool), typeof(DeepCopier), typeof(Serializer),
        typeof(GrainInterfaceTypeResolver), typeof(GrainTypeResolver), typeof(GrainClassMap), typeof(IClusterManifestProvider), typeof(GrainPropertiesResolver),
        typeof(GrainInterfaceTypeToGrainTypeResolver), typeof(PlacementStrategyResolver),
        .. InternalTypes("Orleans.GrainReferences.RpcProvider", "Orleans.Runtime.Versions.GrainVersionManifest"),
    ];

    private static readonly ServiceCollection Template = Describe();
    private static readonly ServiceProvider Shared = Build();
    private static readonly ServiceDescriptor[] SharedInstances =
        [.. SharedTypes.Select(static type => new ServiceDescriptor(type, Shared.GetRequiredService(type)))];

    private static readonly Dictionary<Type, IGrainActivator> Activators = [];
    private static readonly Lock ActivatorsLock = new();

    /// <summary>The silo whose turn it is. References that arrive in a message send their calls through it.</summary>
    [field: ThreadStatic]
    public static SiloRuntime? Current { get; set; }

    /// <summary>The services of a silo, without those that are its own.</summary>
    public static ISiloBuilder NewSilo()
    {
        var services = Copy(Template);
        foreach (var instance in SharedInstances)
        {
            ((ICollection<ServiceDescriptor>)services).Add(instance);
        }

        return new SiloBuilder(services, new ConfigurationBuilder().Build());
    }

    public static IGrainActivator ActivatorOf(Type grainClass)
    {
        // Runs may be side by side.
        lock (ActivatorsLock)
        {
            return Activators.TryGetValue(grainClass, out var known) ? known : Activators[grainClass] = new DefaultGrainActivator(Shared, grainClass);
        }
    }

    private static ServiceCollection Describe()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddOrleans(static _ => { });
        return services;
    }

    private static ServiceProvider Build()
    {
        var services = Copy(Template);
        var silo = new SimulatedSiloDetails("shared", SiloAddress.New(IPAddress.Loopback, port: 1, 0));
        services.AddSingleton<ILocalSiloDetails>(silo);
        services.AddSingleton<IClusterMembershipService>(silo);
        services.AddSingleton<IGrainReferenceRuntime, CurrentRuntime>();
        services.AddSingleton<IGrainFactory, SimulatedGrainFactory>();
        return services.BuildServiceProvider();
    }

    private static ServiceCollection Copy(ServiceCollection services)
    {
        var copy = new ServiceCollection();
        foreach (var service in services)
        {
            ((ICollection<ServiceDescriptor>)copy).Add(service);
        }

        return copy;
    }

    // Shared for speed alone. A version of Orleans without them works, slower.
    private static IEnumerable<Type> InternalTypes(params string[] names) => names.Select(typeof(GrainReferenceActivator).Assembly.GetType).OfType<Type>();

    private sealed record SiloBuilder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder;

    private sealed class CurrentRuntime : IGrainReferenceRuntime
    {
        private static SiloRuntime Runtime => Current ?? throw new InvalidOperationException("A reference that came in a message is used outside of a grain's turn.");

        public ValueTask<T?> InvokeMethodAsync<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
            Runtime.InvokeMethodAsync<T>(reference, request, options);

        public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
            Runtime.InvokeMethodAsync(reference, request, options);

        public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) => Runtime.InvokeMethod(reference, request, options);

        public object Cast(IAddressable grain, Type interfaceType) => Runtime.Cast(grain, interfaceType);
    }
}
