using System.Collections.Concurrent;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace ActorShop.Silo.Clustering;

/// <summary>Remembers the names of grain interfaces, which Orleans otherwise reads from their attributes whenever a grain is addressed.</summary>
internal sealed class CachedInterfaceTypes : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();
    private readonly Lazy<GrainInterfaceTypeResolver> _resolver;

    public CachedInterfaceTypes(IServiceProvider services, TypeConverter types) =>
        _resolver = new(() => new(services.GetServices<IGrainInterfaceTypeProvider>().Where(static provider => provider is not CachedInterfaceTypes), types));

    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = _known.GetOrAdd(type, static (type, resolver) => resolver.Value.GetGrainInterfaceType(type), _resolver);
        return true;
    }

    /// <summary>Lets the cache answer before the providers of Orleans.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, CachedInterfaceTypes>());
}
