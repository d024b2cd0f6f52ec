using System.Collections.Concurrent;
using System.Collections.Frozen;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Placement;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Hosting;

/// <summary>The grain interfaces that the manifests name, and the classes behind them, here or in other processes.</summary>
internal sealed class GrainInterfaces
{
    private readonly Dictionary<Type, GrainInterface> _byType;
    private readonly Dictionary<string, GrainInterface> _byName;
    private readonly ConcurrentDictionary<Type, Resolution> _resolved = new();
    private readonly FrozenDictionary<string, InterfaceDemand> _demands;
    private readonly FrozenDictionary<uint, int> _versions;
    private volatile IReadOnlyList<GrainDescription> _grains;

    public GrainInterfaces(IReadOnlyCollection<GrainInterface> interfaces, IEnumerable<GrainClass> classes)
    {
        _byType = interfaces.ToDictionary(static known => known.Type);
        _byName = interfaces.ToDictionary(static known => known.Name, StringComparer.Ordinal);
        _versions = interfaces.ToFrozenDictionary(static known => StableHash.ComputeHash(known.Name), static known => known.Version);
        _demands = interfaces
            .Where(static known => known.Version != 0)
            .ToFrozenDictionary(
                static known => known.Name,
                static known => new InterfaceDemand(StableHash.ComputeHash(known.Name), known.Version),
                StringComparer.Ordinal);
        AreVersioned = _demands.Count > 0;
        Own =
        [
            .. classes.Select(grainClass => new GrainDescription(
                grainClass.GrainType,
                grainClass.Type.FullName!,
                [
                    .. interfaces
                        .Where(known => known.Type.IsAssignableFrom(grainClass.Type))
                        .Select(static known => new InterfaceDescription(known.Name, known.Version)),
                ],
                SiloPlacement.KindOf(grainClass.Placement))),
        ];
        _grains = Own;
    }

    /// <summary>Whether any interface has a version: where none has, nobody asks for one.</summary>
    public bool AreVersioned { get; }

    /// <summary>The grains of this process.</summary>
    public IReadOnlyList<GrainDescription> Own { get; }

    /// <summary>The grains that can be called.</summary>
    public IReadOnlyList<GrainDescription> Grains => _grains;

    /// <summary>What a call of this process asks of whoever runs it.</summary>
    public InterfaceDemand DemandOf(Invokable request) => _demands.GetValueOrDefault(request.InterfaceName);

    /// <summary>Whether this process has such an interface, in such a version.</summary>
    public bool Meets(InterfaceDemand demand) =>
        demand.Version == 0 || (_versions.TryGetValue(demand.Interface, out var version) && demand.IsMetBy(version));

    /// <summary>Adds what another silo has; false where all of it was known.</summary>
    public bool TryMerge(IReadOnlyList<GrainDescription> others)
    {
        var merged = _grains.ToDictionary(static grain => grain.GrainType);
        var isNew = false;
        foreach (var other in others)
        {
            var known = merged.GetValueOrDefault(other.GrainType);
            InterfaceDescription[] added = [.. other.Interfaces.Where(added => known?.Has(added.Name) != true)];
            if (known is null || added.Length > 0)
            {
                merged[other.GrainType] = known is null ? other : known with { Interfaces = [.. known.Interfaces, .. added] };
                isNew = true;
            }
        }

        if (isNew)
        {
            Use([.. merged.Values.OrderBy(static grain => grain.GrainType)]);
        }

        return isNew;
    }

    /// <summary>Takes over what silos have said of their grains.</summary>
    public void Use(IReadOnlyList<GrainDescription> grains)
    {
        _grains = grains;
        _resolved.Clear();
    }

    public GrainInterface Find(Type interfaceType) =>
        _byType.GetValueOrDefault(interfaceType)
        ?? throw new ArgumentException($"There is no generated reference for the interface {interfaceType}.", nameof(interfaceType));

    public GrainInterface? TryFind(string interfaceName) => _byName.GetValueOrDefault(interfaceName);

    public GrainInterface Find(string interfaceName) => TryFind(interfaceName)
        ?? throw new ArgumentException($"There is no generated reference for the interface {interfaceName}.", nameof(interfaceName));

    /// <summary>The type of grains that implement an interface.</summary>
    /// <exception cref="ArgumentException">No class implements it, or several do and the prefix does not tell which.</exception>
    public Resolution Resolve(Type interfaceType, string? classNamePrefix)
    {
        if (classNamePrefix is { Length: > 0 })
        {
            return MakeResolution(interfaceType, classNamePrefix);
        }

        return _resolved.TryGetValue(interfaceType, out var known)
            ? known
            : _resolved.GetOrAdd(interfaceType, MakeResolution(interfaceType, classNamePrefix: null));
    }

    private Resolution MakeResolution(Type interfaceType, string? classNamePrefix)
    {
        var name = _byType.GetValueOrDefault(interfaceType)?.Name;
        var candidates = _grains
            .Where(candidate => name is not null && candidate.Has(name))
            .Where(candidate => classNamePrefix is null || candidate.ClassName.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToArray();
        return candidates switch
        {
            [var one] => new Resolution(one.GrainType, Find(interfaceType)),
            [] => throw new ArgumentException(
                $"Could not find an implementation for interface {interfaceType}", nameof(interfaceType)),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}. "
                + $"Candidates: {string.Join(", ", candidates.Select(static candidate => $"{candidate.GrainType} ({candidate.ClassName})"))}",
                nameof(interfaceType)),
        };
    }

    /// <summary>What an interface stands for.</summary>
    /// <param name="GrainType">The type of its grains.</param>
    /// <param name="Interface">The interface.</param>
    internal sealed record Resolution(GrainType GrainType, GrainInterface Interface);
}
