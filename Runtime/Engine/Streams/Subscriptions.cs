using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>The subscriptions of one stream. Safe from any thread.</summary>
internal sealed class Subscriptions
{
    private readonly Lock _lock = new();
    private readonly MemoryStreamProvider _provider;
    private readonly StreamId _stream;
    private Subscription[] _all;
    private long _events;

    public Subscriptions(MemoryStreamProvider provider, StreamId stream, IEnumerable<GrainId> subscribers)
    {
        (_provider, _stream) = (provider, stream);
        _all = [.. subscribers.Select(grain => new Subscription(provider, stream, NewId(), grain, isImplicit: true))];
    }

    public IReadOnlyList<Subscription> All => _all;

    /// <summary>Adds an event to each queue, in one order for all.</summary>
    public void Publish(StreamEvent item)
    {
        lock (_lock)
        {
            _provider.Reserve(_all.Length);
            item.Number = _events++;
            foreach (var subscription in _all)
            {
                subscription.Enqueue(item);
            }
        }
    }

    public Subscription Add(GrainId grain, StreamSink? client)
    {
        var made = new Subscription(_provider, _stream, NewId(), grain, isImplicit: false) { Client = client };
        lock (_lock)
        {
            _all = [.. _all, made];
        }

        return made;
    }

    public void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(known => !ReferenceEquals(known, subscription))];
        }

        subscription.End();
    }

    private Guid NewId() => _provider.Silo.ActivationGuid(-_provider.NextNumber());
}

/// <summary>One event, or the end of a stream.</summary>
internal abstract class StreamEvent
{
    /// <summary>Its place in the stream.</summary>
    public long Number { get; set; }

    /// <summary>Gives it to whoever has subscribed, as a copy.</summary>
    public abstract Task GiveAsync(StreamSink sink);
}

/// <summary>Takes events of a type that only it knows.</summary>
internal abstract class StreamSink;
