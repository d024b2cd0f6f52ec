using System.Reflection;
using ActorShop.Runtime.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ActorShop.Runtime.Streams;

/// <summary>The call that brings an event to a grain or a client: it waits its turn like any other.</summary>
/// <remarks>By hand, since it goes to grains of all interfaces; <see cref="DeliverEventCodec"/> takes it to other silos.</remarks>
internal sealed class DeliverEvent(Subscriber subscriber, StreamEvent item) : VoidInvokable
{
    public const string Interface = "Orleans.Streams.IStreamConsumerExtension";

    public const string Name = "DeliverMutable";

    private static readonly MethodInfo DeliverMethod = typeof(DeliverEvent).GetMethod(nameof(InvokeAsync))!;

    public Subscriber Subscriber => subscriber;

    public StreamEvent Item => item;

    public override string InterfaceName => Interface;

    public override string MethodId => Name;

    public override Type InterfaceType => typeof(IGrainExtension);

    public override string MethodName => Name;

    public override MethodInfo Method => DeliverMethod;

    public override int ArgumentCount => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override Task InvokeAsync(object target)
    {
        if (RuntimeContext.Current is not { } activation)
        {
            // The numbers of observers begin anew with each process: this may be another one than the one that had subscribed.
            return target is ClientSubscriber client && client.Id == subscriber.Id
                ? item.GiveAsync(client.Sink)
                : throw new ClientNotAvailableException(subscriber.Grain);
        }

        return StreamConsumers.Of(activation).TryGetValue(subscriber.Id, out var sink)
            ? item.GiveAsync(sink)
            : AttachAsync(activation, target);
    }

    private async Task AttachAsync(IGrainContext activation, object target)
    {
        var provider = activation.ActivationServices.GetKeyedService<IStreamProvider>(subscriber.Provider) as MemoryStreamProvider
            ?? throw new KeyNotFoundException($"Stream provider '{subscriber.Provider}' not found");
        if (target is IStreamSubscriptionObserver observer)
        {
            await observer.OnSubscribed(new HandleFactory(provider, subscriber));
            if (StreamConsumers.Of(activation).TryGetValue(subscriber.Id, out var sink))
            {
                await item.GiveAsync(sink);
                return;
            }
        }

        provider.LogNobodyAttached(subscriber.Grain, subscriber.Stream);
    }

    private sealed class HandleFactory(MemoryStreamProvider provider, Subscriber subscriber) : IStreamSubscriptionHandleFactory
    {
        public StreamId StreamId => subscriber.Stream;

        public string ProviderName => subscriber.Provider;

        public GuidId SubscriptionId => GuidId.GetGuidId(subscriber.Id);

        public StreamSubscriptionHandle<T> Create<T>() => new MemoryStreamHandle<T>(provider, subscriber);
    }
}

/// <summary>The observers that one activation has attached, by subscription. Belongs to its turns.</summary>
internal sealed class StreamConsumers : Dictionary<Guid, StreamSink>
{
    public static StreamConsumers Of(IGrainContext activation)
    {
        if (activation.GetComponent<StreamConsumers>() is { } known)
        {
            return known;
        }

        var made = new StreamConsumers();
        activation.SetComponent(made);
        return made;
    }
}

/// <summary>A subscriber outside of grains: an observer in the process of a client, held by its provider until it unsubscribes.</summary>
internal sealed class ClientSubscriber(Guid id, StreamSink sink) : IGrainObserver
{
    public Guid Id => id;

    public StreamSink Sink { get; set; } = sink;
}
