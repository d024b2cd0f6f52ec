using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Client;

/// <content>Which gateway takes a call.</content>
internal sealed partial class ClientConnections
{
    private void Send(Message call)
    {
        while (Volatile.Read(ref _live) is { Length: > 0 } ways)
        {
            var way = ways[IndexOf(call, ways.Length)];
            if (way.TryEnter())
            {
                _wire.Send(way.Address, call);
                way.Exit();
                return;
            }

            // It leaves at this moment, and has left the list by the next look.
            Thread.Yield();
        }

        if (Volatile.Read(ref _leaving) is { Length: > 0 } || Volatile.Read(ref _resting) is { Length: > 0 })
        {
            // None that is connected takes anything: others will come, or these close, or the caller stops waiting.
            _ = SendLaterAsync(call);
            return;
        }

        // Perhaps the next attempt to connect succeeds; if it fails the call does.
        if (Volatile.Read(ref _known) is { Length: > 0 } known)
        {
            _wire.Send(known[IndexOf(call, known.Length)], call);
        }
        else
        {
            call.TryReject(new Rejection(RejectionKind.Unavailable, "The client knows no gateway."));
        }
    }

    private async Task SendLaterAsync(Message call)
    {
        await RefreshSoonAsync();
        if (!call.IsSettled)
        {
            Send(call);
        }
    }

    private int IndexOf(Message call, int count) =>
        _options.PreferredGatewayIndex is >= 0 and var preferred && preferred < count
            ? preferred
            : (int)((uint)call.Target.GetHashCode() % (uint)count);

    private static GatewayWay? Find(GatewayWay[] ways, SiloAddress gateway) => Array.Find(ways, way => way.Address.Equals(gateway));

    // In the order of the list, so that all clients of one list spread alike.
    private void Use(GatewayWay added)
    {
        var ways = _live.Append(added).ToDictionary(static way => way.Address);
        _live = [.. _known.Where(ways.ContainsKey).Select(gateway => ways[gateway])];
    }

    private void RestFrom(SiloAddress gateway)
    {
        lock (_lock)
        {
            if (Find(_live, gateway) is not { } way)
            {
                return;
            }

            _resting = [.. _resting, way];
            _live = [.. _live.Where(other => !ReferenceEquals(other, way))];
            _ = UseAgainAsync(way);
        }
    }

    private async Task UseAgainAsync(GatewayWay way)
    {
        await Task.Delay(Rest, _client.Time);
        lock (_lock)
        {
            if (_resting.Contains(way))
            {
                _resting = [.. _resting.Where(other => !ReferenceEquals(other, way))];
                Use(way);
            }
        }
    }

    // Once those who are sending there have done so, it is told that nothing follows.
    private void Leave(SiloAddress gateway)
    {
        GatewayWay? way;
        lock (_lock)
        {
            way = Find(_live, gateway) ?? Find(_resting, gateway);
            if (way is null)
            {
                return;
            }

            _leaving = [.. _leaving, gateway];
            _live = [.. _live.Where(other => !ReferenceEquals(other, way))];
            _resting = [.. _resting.Where(other => !ReferenceEquals(other, way))];
        }

        way.Close(() => _wire.Tell(gateway, WireKind.LastWord));
    }
}
