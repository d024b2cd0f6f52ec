using System.Collections.Concurrent;
using System.Security.Cryptography;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <content>What subscribers ask for: those that run in a turn of a grain, and those outside of grains.</content>
internal sealed partial class MemoryStreamProvider
{
    private readonly ConcurrentDictionary<Guid, (ClientSubscriber Client, GrainId Grain)> _clients = new(concurrencyLevel: 16, capacity: 16);
    private long _numbers;

    /// <summary>Subscribes whoever calls. A grain that is subscribed by its class attaches to that subscription; any other makes a new one.</summary>
    public async Task<Subscriber> SubscribeAsync(StreamId stream, StreamSink sink)
    {
        var grain = RuntimeContext.Current?.GrainId;
        if (grain is { } caller && _implicit.Of(Name, stream).FirstOrDefault(known => known.Grain == caller) is { } byClass)
        {
            Attach(byClass, sink);
            return byClass;
        }

        var id = NewId();
        var subscriber = new Subscriber(Name, stream, id, grain ?? AddClient(id, sink), IsImplicit: false);

        // Before it is known to producers, so that it misses nothing.
        Attach(subscriber, sink);
        var activation = RuntimeContext.Current;
        try
        {
            await RendezvousOf(stream).AddAsync(new StreamConsumer(id, subscriber.Grain.ToString()));
            return subscriber;
        }
        catch
        {
            Detach(subscriber, activation);
            throw;
        }
    }

    /// <summary>The subscriptions of whoever calls.</summary>
    public async Task<IEnumerable<Subscriber>> SubscriptionsOfCallerAsync(StreamId stream)
    {
        var caller = RuntimeContext.Current?.GrainId;
        var made = await ReadAsync(stream);
        return caller is { } grain
            ? _implicit.Of(Name, stream).Concat(made).Where(known => known.Grain == grain)
            : made.Where(known => _clients.ContainsKey(known.Id));
    }

    /// <summary>Has an observer take the events of a subscription from now on: of this activation, or of this process.</summary>
    public void Attach(Subscriber subscriber, StreamSink sink)
    {
        if (RuntimeContext.Current is { } activation && activation.GrainId == subscriber.Grain)
        {
            StreamConsumers.Of(activation)[subscriber.Id] = sink;
        }
        else if (_clients.TryGetValue(subscriber.Id, out var known))
        {
            known.Client.Sink = sink;
        }
        else
        {
            throw new InvalidOperationException($"The subscription is {subscriber.Grain}'s, and is resumed in a turn of that grain.");
        }
    }

    /// <summary>Ends a subscription. One that belongs to a class is let go by this activation, and stays.</summary>
    public async Task UnsubscribeAsync(Subscriber subscriber)
    {
        Detach(subscriber, RuntimeContext.Current);
        if (!subscriber.IsImplicit)
        {
            await RendezvousOf(subscriber.Stream).RemoveAsync(subscriber.Id);
        }
    }

    /// <summary>Ends the subscription of a client that is gone.</summary>
    public async Task DropAsync(Subscriber subscriber)
    {
        LogClientGone(subscriber.Grain, subscriber.Stream);
        await RendezvousOf(subscriber.Stream).RemoveAsync(subscriber.Id);
    }

    /// <summary>The explicit subscriptions of a stream, as its grain has them.</summary>
    public async Task<IReadOnlyList<Subscriber>> ReadAsync(StreamId stream) =>
    [
        .. (await RendezvousOf(stream).ReadAsync()).Select(known =>
            new Subscriber(Name, stream, known.Id, GrainId.Parse(known.Grain, provider: null), IsImplicit: false)),
    ];

    private void Detach(Subscriber subscriber, IGrainContext? activation)
    {
        if (activation is not null)
        {
            StreamConsumers.Of(activation).Remove(subscriber.Id);
        }

        if (_clients.TryRemove(subscriber.Id, out var client))
        {
            Silo.Catalog.Remove(client.Grain);
        }
    }

    private GrainId AddClient(Guid id, StreamSink sink)
    {
        var client = new ClientSubscriber(id, sink);
        var grain = Silo.GrainFactory.AddObserver(client);
        _clients[id] = (client, grain);
        return grain;
    }

    // Subscriptions outlive the process, and in a simulation processes of one seed draw alike: so the moment is a part of it.
    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[24];
        Silo.ActivationGuid(-Interlocked.Increment(ref _numbers)).TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes[16..], Silo.Time.GetUtcNow().Ticks);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16]);
    }

    [Microsoft.Extensions.Logging.LoggerMessage(
        1243, Microsoft.Extensions.Logging.LogLevel.Information, "Client {Grain} is gone, and with it its subscription to stream {Stream}")]
    private partial void LogClientGone(GrainId grain, StreamId stream);
}
