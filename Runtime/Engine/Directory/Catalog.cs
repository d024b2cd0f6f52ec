using System.Collections.Concurrent;
using System.Collections.Frozen;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Placement;
using ActorShop.Runtime.Scheduling;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Directory;

/// <summary>This silo's own activations, and whoever else in it can be addressed. Safe from any thread.</summary>
internal sealed class Catalog(SiloRuntime silo) : IActivationOwner
{
    // The number of locks is stated, so that the order of enumeration does not depend on the number of processors.
    private readonly ConcurrentDictionary<GrainId, IAddressee> _addressees = new(concurrencyLevel: 32, capacity: 1_024);
    private FrozenDictionary<GrainType, GrainClass> _classes = FrozenDictionary<GrainType, GrainClass>.Empty;
    private long _numbers;

    /// <summary>How many grains are active here.</summary>
    public int Count => _addressees.Count;

    /// <summary>The grain classes of this silo, by type.</summary>
    public IReadOnlyDictionary<GrainType, GrainClass> Classes => _classes;

    /// <summary>All activations, as they are at some moment during the enumeration.</summary>
    public IEnumerable<Activation> Activations =>
        _addressees.Values.SelectMany(static addressee => addressee switch
        {
            Activation activation => [activation],
            StatelessWorkers workers => workers.Activations,
            _ => [],
        });

    public void Use(IEnumerable<GrainClass> classes)
    {
        var byType = new Dictionary<GrainType, GrainClass>();
        foreach (var grainClass in classes)
        {
            if (!byType.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new InvalidOperationException(
                    $"An entry with the key {grainClass.GrainType} is already present. Classes {byType[grainClass.GrainType].Type.FullName} "
                    + $"and {grainClass.Type.FullName} need different names, or [GrainType].");
            }
        }

        _classes = byType.ToFrozenDictionary();
    }

    /// <summary>Whoever is addressed, made where it is a grain that is not active; null where there is no such type.</summary>
    public IAddressee? Get(GrainId grainId) =>
        _addressees.TryGetValue(grainId, out var addressee) ? addressee : Create(grainId);

    public IAddressee? Find(GrainId grainId) => _addressees.GetValueOrDefault(grainId);

    public void Add(GrainId id, IAddressee addressee) => _addressees[id] = addressee;

    public void Remove(GrainId id) => _addressees.TryRemove(id, out _);

    /// <inheritdoc/>
    public void OnGone(Activation activation)
    {
        if (_addressees.TryRemove(new KeyValuePair<GrainId, IAddressee>(activation.GrainId, activation)))
        {
            silo.Instruments.Deactivated();
        }
    }

    public long NextNumber() => Interlocked.Increment(ref _numbers);

    /// <summary>Ends the activations that have idled for their age.</summary>
    public int Collect(long now)
    {
        var count = 0;
        foreach (var activation in Activations)
        {
            if (activation.IsCollectible(now, out var lastUse))
            {
                activation.Collect(lastUse);
                count++;
            }
        }

        return count;
    }

    /// <summary>Ends all activations, and those that they cause meanwhile, until the token is cancelled.</summary>
    public async Task DeactivateAllAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (Activations.ToArray() is { Length: > 0 } activations && !cancellationToken.IsCancellationRequested)
        {
            foreach (var activation in activations)
            {
                activation.Deactivate(reason, cancellationToken);
            }

            await Task.WhenAll(activations.Select(static activation => activation.Deactivated)).UntilAsync(cancellationToken);
        }
    }

    private IAddressee? Create(GrainId grainId)
    {
        if (!_classes.TryGetValue(grainId.Type, out var grainClass))
        {
            return null;
        }

        IAddressee made = grainClass.IsStatelessWorker
            ? new StatelessWorkers(silo, grainClass, grainId)
            : new Activation(silo, grainClass, grainId, this, NextNumber());
        var kept = _addressees.GetOrAdd(grainId, made);
        if (ReferenceEquals(kept, made))
        {
            silo.Instruments.Activated();
        }

        return kept;
    }
}
