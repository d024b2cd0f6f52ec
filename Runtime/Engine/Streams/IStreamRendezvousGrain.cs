using Orleans;
using Orleans.Concurrency;

namespace ActorShop.Runtime.Streams;

/// <summary>Where those who produce a stream and those who have subscribed to it meet: one grain for each stream of a provider.</summary>
/// <remarks>
/// It keeps the explicit subscriptions, in the store of the provider's name or in <c>PubSubStore</c>. Events do not go through it, but for those of
/// external clients: each silo reads the list once, and is told when it has changed.
/// </remarks>
[Alias("sys.stream-rendezvous")]
internal interface IStreamRendezvousGrain : IGrainWithStringKey
{
    /// <summary>The explicit subscriptions. Interleaves: who is in the middle of a change still gives the list as it was.</summary>
    [AlwaysInterleave]
    Task<List<StreamConsumer>> ReadAsync();

    /// <summary>Adds a subscription; all living silos know of it when this completes. Repeated it changes nothing.</summary>
    /// <exception cref="Orleans.Storage.BadProviderConfigException">There is no store for subscriptions.</exception>
    Task AddAsync(StreamConsumer consumer);

    /// <summary>Ends a subscription; no living silo begins to deliver to it once this has completed. Repeated it changes nothing.</summary>
    Task RemoveAsync(Guid subscription);

    /// <summary>Takes events of an external client; completes when they wait for their subscribers.</summary>
    [AlwaysInterleave]
    Task PublishAsync(List<object?> items);

    /// <summary>Takes the end of a stream from an external client.</summary>
    [AlwaysInterleave]
    Task CompleteAsync();

    /// <summary>Takes a producer's failure from an external client.</summary>
    [AlwaysInterleave]
    Task FailAsync(Exception exception);
}

/// <summary>An explicit subscription, as it is kept.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Grain">Who takes the events, as text: any store can keep it.</param>
[GenerateSerializer]
[Immutable]
[Alias("sys.stream-consumer")]
internal sealed record StreamConsumer(Guid Id, string Grain);

/// <summary>The explicit subscriptions of a stream, as they are kept.</summary>
[GenerateSerializer]
[Alias("sys.stream-consumers")]
internal sealed class StreamConsumerList
{
    [Id(0)]
    public List<StreamConsumer> Consumers { get; set; } = [];
}
