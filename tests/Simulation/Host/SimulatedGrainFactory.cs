using Orleans.GrainReferences;
using Orleans.Metadata;

namespace ActorShop.Simulation;

/// <summary>Makes references with Orleans' own resolvers. Orleans' factory would need its internal client.</summary>
internal sealed class SimulatedGrainFactory(
    GrainReferenceActivator references, GrainInterfaceTypeResolver interfaces, GrainInterfaceTypeToGrainTypeResolver types, IGrainReferenceRuntime runtime)
    : IGrainFactory
{
    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidKey => (T)GetGrain(typeof(T), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerKey => (T)GetGrain(typeof(T), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithStringKey => string.IsNullOrWhiteSpace(primaryKey)
            ? throw new ArgumentException("A key is not empty.", nameof(primaryKey))
            : (T)GetGrain(typeof(T), IdSpan.Create(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidCompoundKey => (T)GetGrain(typeof(T), GrainIdKeyExtensions.CreateGuidKey(primaryKey, keyExtension), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerCompoundKey =>
        (T)GetGrain(typeof(T), GrainIdKeyExtensions.CreateIntegerKey(primaryKey, keyExtension), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => (IGrain)GetGrain(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)GetGrain(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)GetGrain(grainInterfaceType, IdSpan.Create(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) =>
        (IGrain)GetGrain(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey, keyExtension));

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) =>
        (IGrain)GetGrain(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey, keyExtension));

    public T GetGrain<T>(GrainId grainId)
        where T : IAddressable => (T)runtime.Cast(references.CreateReference(grainId, interfaces.GetGrainInterfaceType(typeof(T))), typeof(T));

    public IAddressable GetGrain(GrainId grainId) => references.CreateReference(grainId, default);

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => references.CreateReference(grainId, interfaceType);

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => GetGrain(interfaceType, grainKey, grainClassNamePrefix: null);

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string? grainClassNamePrefix)
    {
        var grainInterface = interfaces.GetGrainInterfaceType(interfaceType);
        var type = string.IsNullOrEmpty(grainClassNamePrefix) ? types.GetGrainType(grainInterface) : types.GetGrainType(grainInterface, grainClassNamePrefix);
        return references.CreateReference(GrainId.Create(type, grainKey), grainInterface);
    }

    public T CreateObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver => throw new NotSupportedException("The simulated host has no observers: the shop's grains use none.");

    public void DeleteObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver => throw new NotSupportedException("The simulated host has no observers: the shop's grains use none.");
}
