using Orleans.Runtime;
using Orleans.Streams;

namespace ActorShop.Runtime.Streams;

/// <summary>A stream of the memory provider, as producers and subscribers hold it. Safe from any thread.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId streamId) : IAsyncStream<T>
{
    /// <inheritdoc/>
    public bool IsRewindable => false;

    /// <inheritdoc/>
    public string ProviderName => provider.Name;

    /// <inheritdoc/>
    public StreamId StreamId => streamId;

    /// <inheritdoc/>
    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        provider.Of(streamId).Publish(new Item(provider.Silo.Codecs.GetCodec<T>(), item));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        foreach (var item in batch)
        {
            await OnNextAsync(item, token);
        }
    }

    /// <inheritdoc/>
    public Task OnCompletedAsync()
    {
        provider.Of(streamId).Publish(new Completed());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnErrorAsync(Exception ex)
    {
        provider.Of(streamId).Publish(new Failed(ex));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, token: null);

    /// <inheritdoc/>
    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (token is not null)
        {
            throw new NotSupportedException("Memory streams are not rewindable: no subscription can begin in the past.");
        }

        var subscriptions = provider.Of(streamId);
        var sink = new Sink(observer);
        if (RuntimeContext.Current is not { } subscriber)
        {
            return Task.FromResult<StreamSubscriptionHandle<T>>(new Handle(subscriptions.Add(default, sink)));
        }

        // A grain that is subscribed by its class attaches to that subscription; any other makes a new one.
        var subscription = subscriptions.All.FirstOrDefault(known => known.IsImplicit && known.Grain == subscriber.GrainId)
            ?? subscriptions.Add(subscriber.GrainId, client: null);
        StreamConsumers.Of(subscriber)[subscription.Id] = sink;
        return Task.FromResult<StreamSubscriptionHandle<T>>(new Handle(subscription));
    }

    /// <inheritdoc/>
    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var subscriber = RuntimeContext.Current?.GrainId ?? default;
        return Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. provider.Of(streamId).All.Where(known => known.Grain == subscriber).Select(static known => new Handle(known))]);
    }

    /// <inheritdoc/>
    public bool Equals(IAsyncStream<T>? other) =>
        other is not null && other.StreamId == streamId && string.Equals(other.ProviderName, ProviderName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => streamId.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : streamId.CompareTo(other.StreamId);

    /// <summary>One subscription, as the subscriber holds it.</summary>
    internal sealed class Handle(Subscription subscription) : StreamSubscriptionHandle<T>
    {
        public override StreamId StreamId => subscription.Stream;

        public override string ProviderName => subscription.Provider.Name;

        public override Guid HandleId => subscription.Id;

        public override Task UnsubscribeAsync()
        {
            if (RuntimeContext.Current is { } subscriber)
            {
                StreamConsumers.Of(subscriber).Remove(subscription.Id);
            }

            // An implicit subscription belongs to the class: it is let go by this activation and stays.
            if (!subscription.IsImplicit)
            {
                subscription.Provider.Of(subscription.Stream).Remove(subscription);
            }

            return Task.CompletedTask;
        }

        public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
        {
            ArgumentNullException.ThrowIfNull(observer);
            if (RuntimeContext.Current is { } subscriber && subscription.Grain == subscriber.GrainId)
            {
                StreamConsumers.Of(subscriber)[subscription.Id] = new Sink(observer);
            }
            else
            {
                subscription.Client = new Sink(observer);
            }

            return Task.FromResult<StreamSubscriptionHandle<T>>(this);
        }

        public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;
    }

    private sealed class Sink(IAsyncObserver<T> observer) : StreamSink
    {
        public IAsyncObserver<T> Observer { get; } = observer;
    }

    private sealed class Item : StreamEvent
    {
        private readonly Serialization.Codec<T> _codec;
        private readonly T _item;

        public Item(Serialization.Codec<T> codec, T item)
        {
            _codec = codec;
            _item = codec.Copy(item);
        }

        public override Task GiveAsync(StreamSink sink) => sink is Sink mine
            ? mine.Observer.OnNextAsync(_codec.Copy(_item), new MemoryStreamToken(Number))
            : throw new InvalidOperationException($"The stream has events of type {typeof(T)}, and the subscriber takes others.");
    }

    private sealed class Completed : StreamEvent
    {
        public override Task GiveAsync(StreamSink sink) => (sink as Sink)?.Observer.OnCompletedAsync() ?? Task.CompletedTask;
    }

    private sealed class Failed(Exception exception) : StreamEvent
    {
        public override Task GiveAsync(StreamSink sink) => (sink as Sink)?.Observer.OnErrorAsync(exception) ?? Task.CompletedTask;
    }
}
