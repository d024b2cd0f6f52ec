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
/// <param name="Version">Its version; 0 where it has none.</param>
internal sealed record GrainInterface(Type Type, string Name, Func<GrainReferenceSeed, GrainReference> Create, int Version);
