using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Networking;

/// <summary>The clients that are connected to this silo: told when other silos come or go, and waited for when this one leaves.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class GatewayClients(WireCalls wire)
{
    private readonly Lock _lock = new();

    // By address, so that all are told in an order that repeats; completed by the client's last word.
    private readonly SortedDictionary<SiloAddress, TaskCompletionSource> _clients = [];
    private bool _leaving;

    public void OnConnected(SiloAddress client)
    {
        bool leaving;
        lock (_lock)
        {
            _clients.TryAdd(client, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            leaving = _leaving;
        }

        if (leaving)
        {
            wire.Tell(client, WireKind.Leaving);
        }
    }

    public void OnDisconnected(SiloAddress client)
    {
        TaskCompletionSource? word;
        lock (_lock)
        {
            _clients.Remove(client, out word);
        }

        word?.TrySetResult();
    }

    /// <summary>The client sends no more calls here.</summary>
    public void OnLastWord(SiloAddress client)
    {
        lock (_lock)
        {
            _clients.GetValueOrDefault(client)?.TrySetResult();
        }
    }

    /// <summary>Other silos are members now.</summary>
    public void TellChanged()
    {
        foreach (var (client, _) in Snapshot())
        {
            wire.Tell(client, WireKind.Changed);
        }
    }

    /// <summary>Has the clients send elsewhere what they have not sent yet, so that none of it meets a silo that has closed.</summary>
    /// <param name="patience">How long a client may take that does not answer; what it sends after that may be lost.</param>
    /// <param name="time">The time.</param>
    public async Task SealAsync(TimeSpan patience, TimeProvider time)
    {
        lock (_lock)
        {
            _leaving = true;
        }

        var clients = Snapshot();
        if (clients.Length == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(patience, time);
        foreach (var (client, _) in clients)
        {
            wire.Tell(client, WireKind.Leaving);
        }

        foreach (var (_, word) in clients)
        {
            try
            {
                await word.Task.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private KeyValuePair<SiloAddress, TaskCompletionSource>[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _clients];
        }
    }
}
