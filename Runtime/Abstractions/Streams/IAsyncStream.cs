using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Makes streams. Registered as a keyed service under the provider's name.</summary>
public interface IStreamProvider
{
    /// <summary>The provider's name.</summary>
    string Name { get; }

    /// <summary>Whether a subscriber may start in the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The stream of this id; it always exists.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

/// <summary>A stream, whatever its events.</summary>
public interface IAsyncStream
{
    /// <inheritdoc cref="IStreamProvider.IsRewindable"/>
    bool IsRewindable { get; }

    /// <summary>The provider's name.</summary>
    string ProviderName { get; }

    /// <summary>Its id.</summary>
    StreamId StreamId { get; }
}

/// <summary>A stream: events in order, from many producers to many subscribers, at least once.</summary>
/// <typeparam name="T">The events.</typeparam>
public interface IAsyncStream<T> :
    IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchProducer<T>
{
    /// <summary>This grain's subscriptions, to be resumed after an activation.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}

/// <summary>Takes events.</summary>
/// <typeparam name="T">The events.</typeparam>
public interface IAsyncObserver<in T>
{
    /// <summary>Takes an event. For a producer: completes when the event is queued, not when it is consumed.</summary>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>There will be no more events.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>The producer failed.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>Takes events, several at a time.</summary>
/// <typeparam name="T">The events.</typeparam>
public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    /// <summary>Takes events.</summary>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}

/// <summary>Gives events.</summary>
/// <typeparam name="T">The events.</typeparam>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes. To do so twice is to have two subscriptions.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    /// <summary>Subscribes from a place in the stream.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}

/// <summary>One subscription. Explicit ones outlive the activation that made them.</summary>
/// <typeparam name="T">The events.</typeparam>
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>?>
{
    /// <summary>The stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The provider's name.</summary>
    public abstract string ProviderName { get; }

    /// <summary>The subscription's id.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription.</summary>
    public abstract Task UnsubscribeAsync();

    /// <summary>Goes on with another observer: after an activation, before the next event.</summary>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <inheritdoc/>
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => HandleId.GetHashCode();
}

/// <summary>A place in a stream.</summary>
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken?>, IComparable<StreamSequenceToken?>
{
    /// <summary>The number of the batch.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <summary>The number within the batch.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <inheritdoc/>
    public abstract bool Equals(StreamSequenceToken? other);

    /// <inheritdoc/>
    public abstract int CompareTo(StreamSequenceToken? other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    /// <inheritdoc/>
    public override int GetHashCode() => SequenceNumber.GetHashCode() ^ EventIndex;
}
