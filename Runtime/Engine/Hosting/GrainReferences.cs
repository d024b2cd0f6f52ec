using System.Collections.Concurrent;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Serialization;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Hosting;

/// <summary>Makes references, and carries the calls made through them. Safe from any thread.</summary>
internal sealed class GrainReferences(SiloRuntime silo, GrainInterfaces interfaces) : IGrainReferenceRuntime, IReferenceFactory, IGrainReferenceSource
{
    /// <inheritdoc/>
    public ICodecProvider Codecs => silo.Codecs;

    /// <inheritdoc/>
    public GrainReference CreateReference(GrainId grainId, Type interfaceType) =>
        interfaces.Find(interfaceType).Create(new GrainReferenceSeed(grainId, this));

    public GrainReference CreateReference(GrainId grainId, string interfaceName) =>
        interfaces.Find(interfaceName).Create(new GrainReferenceSeed(grainId, this));

    /// <inheritdoc/>
    public GrainReference? Find(GrainId grainId, string interfaceName) =>
        interfaceName.Length == 0
            ? CreateUntyped(grainId)
            : interfaces.TryFind(interfaceName)?.Create(new GrainReferenceSeed(grainId, this));

    /// <inheritdoc/>
    public GrainReference? Find(object addressable, Type interfaceType) =>
        (addressable as IAddressable)?.AsReference(interfaceType) as GrainReference;

    /// <summary>A reference through no interface, to be cast.</summary>
    public GrainReference CreateUntyped(GrainId grainId) => new UntypedReference(new GrainReferenceSeed(grainId, this));

    /// <inheritdoc/>
    public Task<TResult> InvokeAsync<TResult>(GrainReference target, Invokable<TResult> request)
    {
        var message = new ResultMessage<TResult>(target, request);
        return silo.OutgoingFilters is null ? Send(message) : FilterAsync(target, message);
    }

    /// <inheritdoc/>
    public Task InvokeAsync(GrainReference target, VoidInvokable request)
    {
        var message = new VoidMessage(target.GrainId, request);
        return silo.OutgoingFilters is null ? Send(message) : FilterAsync(target, message);
    }

    private Task<TResult> Send<TResult>(ResultMessage<TResult> message)
    {
        silo.Send(message);
        return message.Answer;
    }

    private Task Send(VoidMessage message)
    {
        silo.Send(message);
        return message.Has(InvokeOptions.OneWay) ? Task.CompletedTask : message.Answer;
    }

    private async Task<TResult> FilterAsync<TResult>(GrainReference target, ResultMessage<TResult> message)
    {
        message.Sender = RuntimeContext.Current;
        var call = new OutgoingCall(silo.OutgoingFilters!, message, target, async () => await Send(message));
        await call.Invoke();
        return call.Result is TResult result ? result : default!;
    }

    private async Task FilterAsync(GrainReference target, VoidMessage message)
    {
        message.Sender = RuntimeContext.Current;
        await new OutgoingCall(silo.OutgoingFilters!, message, target, SendBoxedAsync).Invoke();

        async Task<object?> SendBoxedAsync()
        {
            await Send(message);
            return null;
        }
    }

    private sealed class UntypedReference(GrainReferenceSeed seed) : GrainReference(seed)
    {
        public override string InterfaceName => "";
    }
}

/// <summary>One grain interface.</summary>
/// <param name="Type">The interface.</param>
/// <param name="Name">Its alias, or its full name.</param>
/// <param name="Create">Makes its references.</param>
internal sealed record GrainInterface(Type Type, string Name, Func<GrainReferenceSeed, GrainReference> Create);

/// <summary>The grain interfaces that the manifests name, and the classes behind them, here or in other processes.</summary>
internal sealed class GrainInterfaces
{
    private readonly Dictionary<Type, GrainInterface> _byType;
    private readonly Dictionary<string, GrainInterface> _byName;
    private readonly ConcurrentDictionary<Type, Resolution> _resolved = new();
    private IReadOnlyList<GrainDescription> _grains;

    public GrainInterfaces(IReadOnlyCollection<GrainInterface> interfaces, IEnumerable<GrainClass> classes)
    {
        _byType = interfaces.ToDictionary(static known => known.Type);
        _byName = interfaces.ToDictionary(static known => known.Name, StringComparer.Ordinal);
        _grains =
        [
            .. classes.Select(grainClass => new GrainDescription(
                grainClass.GrainType,
                grainClass.Type.FullName!,
                [.. interfaces.Where(known => known.Type.IsAssignableFrom(grainClass.Type)).Select(static known => known.Name)])),
        ];
    }

    /// <summary>The grains that can be called.</summary>
    public IReadOnlyList<GrainDescription> Grains => _grains;

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
            .Where(candidate => name is not null && candidate.Interfaces.Contains(name, StringComparer.Ordinal))
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
