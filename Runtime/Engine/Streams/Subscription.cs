using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>The way from this silo's producers of one stream to one subscriber: a queue of events, taken one at a time and in order.</summary>
internal sealed class Subscription(MemoryStreamProvider provider, Subscriber subscriber)
{
    // The figures of Orleans: again after 1 to 30 seconds, for a minute.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<StreamEvent> _events = new();
    private bool _pumping;
    private bool _ended;

    public Guid Id => subscriber.Id;

    /// <summary>Whether nothing waits and nothing is on its way, as an impression.</summary>
    public bool IsIdle => !_pumping;

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
            catch (Exception gone) when (IsGone(gone))
            {
                End();
                await provider.DropAsync(subscriber);
                return;
            }
            catch (Exception exception)
            {
                if (provider.Silo.Time.GetElapsedTime(started) + pause > Patience)
                {
                    provider.LogEventSkipped(exception, subscriber.Grain, subscriber.Stream);
                    return;
                }

                provider.LogDeliveryFailed(exception, subscriber.Grain, subscriber.Stream, pause);
            }

            await Task.Delay(pause, provider.Silo.Time);
        }
    }

    // A client's subscriptions end with the client. A grain comes back.
    private bool IsGone(Exception exception) =>
        ObserverHost.IsObserver(subscriber.Grain)
        && (exception is ClientNotAvailableException
            || (provider.Silo.Cluster is { } cluster
                && ObserverHost.HomeOf(subscriber.Grain) is { IsClient: false } home
                && !cluster.Membership.View.IsLiving(home)));

    private Task GiveAsync(StreamEvent item)
    {
        var delivery = new VoidMessage(subscriber.Grain, new DeliverEvent(subscriber, item));
        provider.Silo.Send(delivery);
        return delivery.Answer;
    }
}
