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
    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => provider.PublishAsync(streamId, Copied(item));

    /// <inheritdoc/>
    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return provider.PublishAsync(streamId, batch.Select(Copied));
    }

    /// <inheritdoc/>
    public Task OnCompletedAsync() => provider.PublishAsync(streamId, new StreamCompleted());

    /// <inheritdoc/>
    public Task OnErrorAsync(Exception ex)
    {
        ArgumentNullException.ThrowIfNull(ex);
        return provider.PublishAsync(streamId, new StreamFailed(ex));
    }

    /// <inheritdoc/>
    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, token: null);

    /// <inheritdoc/>
    public async Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (token is not null)
        {
            throw new NotSupportedException("Memory streams are not rewindable: no subscription can begin in the past.");
        }

        return new MemoryStreamHandle<T>(provider, await provider.SubscribeAsync(streamId, new MemoryStreamSink<T>(observer)));
    }

    /// <inheritdoc/>
    public async Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        [.. (await provider.SubscriptionsOfCallerAsync(streamId)).Select(subscriber => new MemoryStreamHandle<T>(provider, subscriber))];

    /// <inheritdoc/>
    public bool Equals(IAsyncStream<T>? other) =>
        other is not null && other.StreamId == streamId && string.Equals(other.ProviderName, ProviderName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => streamId.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : streamId.CompareTo(other.StreamId);

    private StreamEvent Copied(T item)
    {
        var codec = provider.Silo.Codecs.GetCodec<T>();
        return new Item(codec, codec.Copy(item));
    }

    private sealed class Item(Serialization.Codec<T> codec, T item) : StreamEvent
    {
        public override StreamEventKind Kind => StreamEventKind.Item;

        public override object? Content => item;

        // Whoever takes what is given takes it without a box, unless it expects another type.
        public override Task GiveAsync(StreamSink sink) => sink is MemoryStreamSink<T> mine
            ? mine.TakeAsync(codec.Copy(item), Number)
            : sink.TakeAsync(codec.Copy(item), Number);
    }
}

/// <summary>One subscription, as the subscriber holds it.</summary>
internal sealed class MemoryStreamHandle<T>(MemoryStreamProvider provider, Subscriber subscriber) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscriber.Stream;

    public override string ProviderName => subscriber.Provider;

    public override Guid HandleId => subscriber.Id;

    public override Task UnsubscribeAsync() => provider.UnsubscribeAsync(subscriber);

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        provider.Attach(subscriber, new MemoryStreamSink<T>(observer));
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;
}

/// <summary>An observer of events of one type.</summary>
internal sealed class MemoryStreamSink<T>(IAsyncObserver<T> observer) : StreamSink
{
    public Task TakeAsync(T item, long number) => observer.OnNextAsync(item, new MemoryStreamToken(number));

    public override Task TakeAsync(object? item, long number) => item switch
    {
        T mine => TakeAsync(mine, number),
        null when default(T) is null => TakeAsync(default(T)!, number),
        _ => throw new InvalidOperationException($"The stream has an event of type {item?.GetType()}, and the subscriber takes {typeof(T)}."),
    };

    public override Task CompleteAsync() => observer.OnCompletedAsync();

    public override Task FailAsync(Exception exception) => observer.OnErrorAsync(exception);
}
