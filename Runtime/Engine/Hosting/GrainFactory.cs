using System.Runtime.CompilerServices;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Messaging;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Hosting;

/// <summary>Makes references by key; the hosted client. Safe from any thread.</summary>
internal sealed class GrainFactory(SiloRuntime silo) : IClusterClient
{
    private readonly ConditionalWeakTable<IGrainObserver, List<GrainId>> _observers = [];
    private long _observerNumbers;

    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => silo.Services;

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)(IAddressable)Make(typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(IAddressable)Make(typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(IAddressable)Make(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey =>
        (TGrainInterface)(IAddressable)Make(
            typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey, Checked(keyExtension)), grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey =>
        (TGrainInterface)(IAddressable)Make(
            typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey, Checked(keyExtension)), grainClassNamePrefix);

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)Make(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey));

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)Make(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey));

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Make(grainInterfaceType, KeyOf(grainPrimaryKey));

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) =>
        (IGrain)Make(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey, keyExtension));

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) =>
        (IGrain)Make(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey, keyExtension));

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(IAddressable)silo.References.CreateReference(grainId, typeof(TGrainInterface));

    /// <inheritdoc/>
    public IAddressable GetGrain(GrainId grainId) => silo.References.CreateUntyped(grainId);

    /// <inheritdoc/>
    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) =>
        interfaceType.IsDefault ? GetGrain(grainId) : silo.References.CreateReference(grainId, interfaceType.ToString());

    /// <inheritdoc/>
    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) =>
        Make(interfaceType, grainKey, grainClassNamePrefix);

    /// <inheritdoc/>
    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => Make(interfaceType, grainKey);

    /// <inheritdoc/>
    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or Grain)
        {
            throw new ArgumentException("Argument must not be a grain class or a reference.", nameof(obj));
        }

        var id = AddObserver(obj);
        var ids = _observers.GetOrCreateValue(obj);
        lock (ids)
        {
            ids.Add(id);
        }

        return (TGrainObserverInterface)(IAddressable)silo.References.CreateReference(id, typeof(TGrainObserverInterface));
    }

    /// <inheritdoc/>
    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        switch (obj)
        {
            case GrainReference reference when ObserverHost.IsObserver(reference.GrainId):
                silo.Catalog.Remove(reference.GrainId);
                break;
            case not null when _observers.TryGetValue(obj, out var ids):
                lock (ids)
                {
                    ids.ForEach(silo.Catalog.Remove);
                    ids.Clear();
                }

                break;
            default:
                throw new ArgumentException("The object is not an observer that was registered here.", nameof(obj));
        }
    }

    /// <summary>Lets an object be called from anywhere, until it is removed from the catalog.</summary>
    public GrainId AddObserver(IGrainObserver observer)
    {
        var id = ObserverHost.NewId(Interlocked.Increment(ref _observerNumbers), silo.Home);
        silo.Catalog.Add(id, new ObserverHost(silo, id, observer));
        return id;
    }

    private static IdSpan KeyOf(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }

    private static string Checked(string keyExtension)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyExtension);
        return keyExtension;
    }

    private GrainReference Make(Type interfaceType, IdSpan key, string? classNamePrefix = null)
    {
        var resolution = silo.Interfaces.Resolve(interfaceType, classNamePrefix);
        return resolution.Interface.Create(new GrainReferenceSeed(new GrainId(resolution.GrainType, key), silo.References));
    }
}
