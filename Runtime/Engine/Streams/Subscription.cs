using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>One subscriber of one stream: a queue of events, taken one at a time and in order.</summary>
internal sealed class Subscription(MemoryStreamProvider provider, StreamId stream, Guid id, GrainId grain, bool isImplicit)
{
    // The figures of Orleans: again after 1 to 30 seconds, for a minute.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<StreamEvent> _events = new();
    private bool _pumping;
    private bool _ended;

    public Guid Id => id;

    public StreamId Stream => stream;

    public GrainId Grain => grain;

    public bool IsImplicit => isImplicit;

    public MemoryStreamProvider Provider => provider;

    /// <summary>The observer of a subscriber outside of grains.</summary>
    public StreamSink? Client { get; set; }

    public void Enqueue(StreamEvent item)
    {
        lock (_lock)
        {
            if (_ended)
            {
                provider.Release(1);
                return;
            }

            _events.Enqueue(item);
            if (_pumping)
            {
                return;
            }

            _pumping = true;
        }

        provider.Turns.Begin(PumpAsync);
    }

    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            provider.Release(_events.Count);
            _events.Clear();
        }
    }

    private async Task PumpAsync()
    {
        while (Next() is { } item)
        {
            try
            {
                await DeliverAsync(item);
            }
            finally
            {
                provider.Release(1);
            }
        }
    }

    private StreamEvent? Next()
    {
        lock (_lock)
        {
            if (_events.TryDequeue(out var item))
            {
                return item;
            }

            _pumping = false;
            return null;
        }
    }

    private async Task DeliverAsync(StreamEvent item)
    {
        var started = provider.Silo.Time.GetTimestamp();
        for (var pause = FirstPause; !_ended; pause = pause < LongestPause / 2 ? pause * 2 : LongestPause)
        {
            try
            {
                await GiveAsync(item);
                return;
            }
            catch (Exception exception)
            {
                if (provider.Silo.Time.GetElapsedTime(started) + pause > Patience)
                {
                    provider.LogEventSkipped(exception, grain, stream);
                    return;
                }

                provider.LogDeliveryFailed(exception, grain, stream, pause);
            }

            await Task.Delay(pause, provider.Silo.Time);
        }
    }

    private Task GiveAsync(StreamEvent item)
    {
        if (Client is { } client)
        {
            return item.GiveAsync(client);
        }

        var delivery = new VoidMessage(grain, new DeliverEvent(this, item));
        provider.Silo.Send(delivery);
        return delivery.Answer;
    }
}
