using System.Collections.Concurrent;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace ActorShop.Runtime.Streams;

/// <summary>Streams in memory: events wait in the silo of their producer until their subscribers have taken them, and end with it.</summary>
/// <remarks>
/// Each subscription has its own queue in each producing silo and takes one event at a time, in order; a subscriber that fails gets the same
/// event again for a while. All queues of a silo together hold a bounded number of events: a producer of one more is refused. An external
/// client keeps none: it gives its events to the silo of the stream's <see cref="IStreamRendezvousGrain"/>. Safe from any thread.
/// </remarks>
internal sealed partial class MemoryStreamProvider : IStreamProvider, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<StreamId, Subscriptions> _streams = new(concurrencyLevel: 16, capacity: 64);
    private readonly ImplicitSubscribers _implicit;
    private readonly bool _isOutside;
    private readonly ILogger _logger;
    private ITimer? _refresh;
    private int _waiting;

    public MemoryStreamProvider(string name, SiloRuntime silo, ILogger<MemoryStreamProvider> logger, bool isOutside = false)
    {
        (Name, Silo, _logger, _isOutside) = (name, silo, logger, isOutside);
        _implicit = new ImplicitSubscribers(silo);
        Turns = new SystemTurns(silo.Sink, logger);
        silo.Streams.Changed += OnChanged;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsRewindable => false;

    public SiloRuntime Silo { get; }

    /// <summary>Where events are taken from queues.</summary>
    public SystemTurns Turns { get; }

    /// <summary>Whether there are other silos, whose subscribers are heard of from afar.</summary>
    public bool HasOthers => Silo.Cluster is not null;

    /// <inheritdoc/>
    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe($"streams {Name}", ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _refresh?.Dispose();

    /// <summary>Takes an event; completes when it waits for its subscribers.</summary>
    public Task PublishAsync(StreamId stream, StreamEvent item)
    {
        if (_isOutside)
        {
            return SendAsync(stream, item);
        }

        while (true)
        {
            if (Of(stream).TryPublish(item, out var taken))
            {
                return taken;
            }
        }
    }

    /// <summary>Takes events in their order; completes when all wait for their subscribers.</summary>
    public async Task PublishAsync(StreamId stream, IEnumerable<StreamEvent> items)
    {
        if (_isOutside)
        {
            await RendezvousOf(stream).PublishAsync([.. items.Select(static item => item.Content)]);
            return;
        }

        foreach (var item in items)
        {
            await PublishAsync(stream, item);
        }
    }

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

    private Subscriptions Of(StreamId stream) => _streams.TryGetValue(stream, out var known)
        ? known
        : _streams.GetOrAdd(stream, new Subscriptions(this, stream, [.. _implicit.Of(Name, stream)]));

    private Task SendAsync(StreamId stream, StreamEvent item) => item.Kind switch
    {
        StreamEventKind.Item => RendezvousOf(stream).PublishAsync([item.Content]),
        StreamEventKind.Completed => RendezvousOf(stream).CompleteAsync(),
        _ => RendezvousOf(stream).FailAsync((Exception)item.Content!),
    };

    private IStreamRendezvousGrain RendezvousOf(StreamId stream) =>
        Silo.GrainFactory.GetGrain<IStreamRendezvousGrain>(new StreamAddress(Name, stream).ToGrainId());

    private void OnChanged(GrainId grain)
    {
        var address = StreamAddress.Of(grain);
        if (string.Equals(address.Provider, Name, StringComparison.Ordinal) && _streams.TryGetValue(address.Stream, out var known))
        {
            known.OnChanged();
        }
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _refresh = Silo.Time.CreateTimer(static self => ((MemoryStreamProvider)self!).Refresh(), this, RefreshPeriod, RefreshPeriod);
        return Task.CompletedTask;
    }

    // Streams that nobody uses any more leave no trace; in those that are used, news that was lost comes late.
    private void Refresh()
    {
        foreach (var (stream, subscriptions) in _streams)
        {
            if (!subscriptions.Refresh() && subscriptions.TryForget())
            {
                _streams.TryRemove(stream, out _);
            }
        }
    }

    // What has been taken from producers is given to subscribers, if they take it soon.
    private async Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        var started = Silo.Time.GetTimestamp();
        while (Volatile.Read(ref _waiting) > 0 && Silo.Time.GetElapsedTime(started) < StopPatience && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), Silo.Time, CancellationToken.None);
        }
    }
}
