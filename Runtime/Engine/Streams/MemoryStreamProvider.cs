using System.Collections.Concurrent;
using System.Reflection;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace ActorShop.Runtime.Streams;

/// <summary>Streams in memory: events wait here until their subscribers have taken them, and end with the process.</summary>
/// <remarks>
/// Each subscription has its own queue and takes one event at a time, in order; a subscriber that fails gets the same event
/// again for a while. All subscriptions together hold a bounded number of events: a producer of one more is refused.
/// Subscriptions of grains outlive their activations, and not the process. Safe from any thread.
/// </remarks>
internal sealed partial class MemoryStreamProvider : IStreamProvider
{
    private readonly ConcurrentDictionary<StreamId, Subscriptions> _streams = new(concurrencyLevel: 16, capacity: 64);
    private readonly Lazy<ILookup<string, GrainClass>> _implicit;
    private readonly ILogger _logger;
    private long _numbers;
    private int _waiting;

    public MemoryStreamProvider(string name, SiloRuntime silo, ILogger<MemoryStreamProvider> logger)
    {
        Name = name;
        Silo = silo;
        _logger = logger;
        Turns = new SystemTurns(silo.Sink, logger);
        _implicit = new(() => ImplicitSubscribers(silo.Catalog.Classes.Values));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsRewindable => false;

    public SiloRuntime Silo { get; }

    /// <summary>Where events are taken from queues.</summary>
    public SystemTurns Turns { get; }

    /// <inheritdoc/>
    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    public Subscriptions Of(StreamId stream) => _streams.TryGetValue(stream, out var known)
        ? known
        : _streams.GetOrAdd(stream, new Subscriptions(this, stream, ImplicitOf(stream)));

    public long NextNumber() => Interlocked.Increment(ref _numbers);

    /// <summary>Makes room for an event in each of so many queues.</summary>
    public void Reserve(int queues)
    {
        if (Interlocked.Add(ref _waiting, queues) > Silo.Limits.MaxStreamEvents)
        {
            Interlocked.Add(ref _waiting, -queues);
            throw new InvalidOperationException(
                $"The memory streams of provider {Name} are full: {Silo.Limits.MaxStreamEvents} events wait for their subscribers.");
        }
    }

    /// <summary>An event has left its queue.</summary>
    public void Release(int queues) => Interlocked.Add(ref _waiting, -queues);

    [LoggerMessage(1240, LogLevel.Warning, "Subscriber {Grain} of stream {Stream} failed; the event comes again in {Pause}")]
    public partial void LogDeliveryFailed(Exception exception, GrainId grain, StreamId stream, TimeSpan pause);

    [LoggerMessage(1241, LogLevel.Error, "Subscriber {Grain} of stream {Stream} failed for too long; it misses an event")]
    public partial void LogEventSkipped(Exception exception, GrainId grain, StreamId stream);

    [LoggerMessage(1242, LogLevel.Warning, "Subscriber {Grain} of stream {Stream} has not attached itself; it misses an event")]
    public partial void LogNobodyAttached(GrainId grain, StreamId stream);

    private static ILookup<string, GrainClass> ImplicitSubscribers(IEnumerable<GrainClass> classes) => classes
        .SelectMany(static known => known.Type
            .GetCustomAttributes<ImplicitStreamSubscriptionAttribute>()
            .Select(attribute => (Namespace: attribute.StreamNamespace ?? "", Class: known)))
        .OrderBy(static pair => pair.Class.GrainType)
        .ToLookup(static pair => pair.Namespace, static pair => pair.Class, StringComparer.Ordinal);

    private IEnumerable<GrainId> ImplicitOf(StreamId stream) => _implicit.Value[stream.GetNamespace() ?? ""]
        .Concat(stream.Namespace.IsEmpty ? [] : _implicit.Value[""])
        .Select(subscriber => new GrainId(subscriber.GrainType, KeyOf(subscriber.Type, stream)));

    // A grain whose key is an integer has it in hexadecimal, a stream in decimal digits.
    private static IdSpan KeyOf(Type grainClass, StreamId stream) =>
        typeof(IGrainWithIntegerKey).IsAssignableFrom(grainClass)
        && long.TryParse(stream.GetKeyAsString(), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? GrainIdKeyExtensions.CreateIntegerKey(number)
            : IdSpan.Create(stream.GetKeyAsString());
}
