using System.Reflection;
using ActorShop.Runtime.Invocation;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ActorShop.Runtime.Streams;

/// <summary>The call that brings an event to a grain: it waits its turn like any other.</summary>
internal sealed class DeliverEvent(Subscription subscription, StreamEvent item) : VoidInvokable
{
    private static readonly MethodInfo DeliverMethod = typeof(DeliverEvent).GetMethod(nameof(InvokeAsync))!;

    public override string InterfaceName => "Orleans.Streams.IStreamConsumerExtension";

    public override string MethodId => MethodName;

    public override Type InterfaceType => typeof(IGrainExtension);

    public override string MethodName => "DeliverMutable";

    public override MethodInfo Method => DeliverMethod;

    public override int ArgumentCount => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override async Task InvokeAsync(object target)
    {
        var activation = RuntimeContext.Current!;
        var attached = StreamConsumers.Of(activation);
        if (!attached.TryGetValue(subscription.Id, out var sink) && target is IStreamSubscriptionObserver observer)
        {
            await observer.OnSubscribed(new HandleFactory(subscription));
            attached.TryGetValue(subscription.Id, out sink);
        }

        if (sink is null)
        {
            subscription.Provider.LogNobodyAttached(subscription.Grain, subscription.Stream);
            return;
        }

        await item.GiveAsync(sink);
    }

    private sealed class HandleFactory(Subscription subscription) : IStreamSubscriptionHandleFactory
    {
        public StreamId StreamId => subscription.Stream;

        public string ProviderName => subscription.Provider.Name;

        public GuidId SubscriptionId => GuidId.GetGuidId(subscription.Id);

        public StreamSubscriptionHandle<T> Create<T>() => new MemoryStream<T>.Handle(subscription);
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
