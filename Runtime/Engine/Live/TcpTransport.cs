using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Networking;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Live;

/// <summary>Where a process is, and what it takes.</summary>
/// <param name="Self">Who it is; a client's generation is negative.</param>
/// <param name="ClusterId">Others are refused.</param>
/// <param name="SiloEndpoint">Where it listens for silos; null for a client.</param>
/// <param name="GatewayEndpoint">Where it listens for clients; null for nowhere.</param>
/// <param name="MaxFrame">The longest frame.</param>
internal sealed record TcpPlace(SiloAddress Self, string ClusterId, IPEndPoint? SiloEndpoint, IPEndPoint? GatewayEndpoint, int MaxFrame);

/// <summary>The live half of the network: frames over TCP, each lane on a connection of its own.</summary>
/// <remarks>
/// Connections are made at the first frame, and again at the first one after a loss. The connections that one side makes to
/// the other are a session: when one of them is lost all end, and the handler hears of it once.
/// </remarks>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The live half of the network's seam.")]
internal sealed partial class TcpTransport : ITransport, IDisposable
{
    private const int MaxForgotten = 1_024;

    private readonly ConcurrentDictionary<SiloAddress, TcpPeer> _peers = new();
    private readonly ConcurrentQueue<SiloAddress> _forgotten = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _listeners = [];
    private readonly TcpPlace _place;
    private readonly TimeProvider _time;
    private readonly Chance _chance;
    private readonly TcpTls? _tls;
    private ITransportHandler? _handler;
    private ITimer? _timer;
    private long _now;

    public TcpTransport(TcpPlace place, NetworkOptions options, TimeProvider time, Chance chance, ILogger<TcpTransport> logger)
    {
        (_place, Options, _time, _chance, _logger) = (place, options, time, chance, logger);
        _tls = TcpTls.From(options.Tls);
    }

    /// <inheritdoc/>
    public SiloAddress Self => _place.Self;

    public NetworkOptions Options { get; }

    public int MaxFrame => _place.MaxFrame;

    public ITransportHandler Handler => _handler!;

    /// <summary>Ticks since the start, two to a heartbeat: so a pause of this process is not taken for silence of the others.</summary>
    public long Now => Volatile.Read(ref _now);

    public ulong NewSessionId() => _chance.NextUInt64();

    /// <inheritdoc/>
    public Task StartAsync(ITransportHandler handler, CancellationToken cancellationToken)
    {
        _handler = handler;
        Listen(_place.SiloEndpoint, forClients: false);
        Listen(_place.GatewayEndpoint, forClients: true);
        var period = Options.HeartbeatInterval / 2;
        _timer = _time.CreateTimer(static self => ((TcpTransport)self!).Tick(), this, period, period);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public bool TrySend(SiloAddress peer, Lane lane, Frame frame)
    {
        if (frame.Written.Length <= MaxFrame && !_stopping.IsCancellationRequested && _handler is not null)
        {
            // A connection may close between being found and being used; the next one is new.
            for (var attempt = 0; attempt < 3 && PeerFor(peer)?.ConnectionFor(lane) is { } connection; attempt++)
            {
                var outcome = connection.Enqueue(frame);
                if (outcome == Queued.Accepted)
                {
                    return true;
                }

                if (outcome == Queued.Full)
                {
                    break;
                }
            }
        }

        frame.Dispose();
        return false;
    }

    /// <inheritdoc/>
    public void Forget(SiloAddress peer)
    {
        var known = _peers.GetOrAdd(peer, address => new TcpPeer(this, address));
        known.Forget();
        _forgotten.Enqueue(peer);
        while (_forgotten.Count > MaxForgotten && _forgotten.TryDequeue(out var oldest))
        {
            _peers.TryRemove(oldest, out _);
        }

        foreach (var session in known.Sessions)
        {
            session.End(reason: null);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        StopListening();
        var sessions = _peers.Values.SelectMany(static peer => peer.Sessions).ToArray();
        using var limit = new CancellationTokenSource(Options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Task.WhenAll(sessions.SelectMany(static session => session.Connections).Select(connection => connection.FinishAsync(either.Token)));
        }
        catch (OperationCanceledException)
        {
            LogStopGivenUp();
        }

        await _stopping.CancelAsync();
        foreach (var session in sessions.Concat(_peers.Values.SelectMany(static peer => peer.Sessions)))
        {
            session.End(reason: null);
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        StopListening();
        _stopping.Cancel();
    }

    /// <summary>Connects, after a pause where it has failed before.</summary>
    public void Dial(TcpConnection connection, TcpPeer peer) =>
        ThreadPool.UnsafeQueueUserWorkItem(static dial => _ = dial.Self.DialAsync(dial.Connection, dial.Peer), (Self: this, Connection: connection, Peer: peer), preferLocal: false);

    public void OnOpened(TcpSession session)
    {
        session.Peer.OnOpened();
        LogConnected(session.Peer.Address, session.IsDialed);
        Handler.OnConnected(session.Peer.Address);
    }

    public void OnEnded(TcpSession session, bool wasOpen, Exception? reason)
    {
        var peer = session.Peer;
        if (!wasOpen)
        {
            peer.OnFailed();
        }

        if (!_stopping.IsCancellationRequested && !peer.IsForgotten)
        {
            LogEnded(session, wasOpen, reason);
        }

        if (peer.IsEmpty && !peer.IsForgotten && peer.Address.IsClient)
        {
            _peers.TryRemove(new KeyValuePair<SiloAddress, TcpPeer>(peer.Address, peer));
        }

        Handler.OnDisconnected(peer.Address, reason);
    }

    private TcpPeer? PeerFor(SiloAddress address)
    {
        if (_peers.TryGetValue(address, out var known))
        {
            return known;
        }

        return address.IsClient ? null : _peers.GetOrAdd(address, static (address, self) => new TcpPeer(self, address), this);
    }

    private async Task DialAsync(TcpConnection connection, TcpPeer peer)
    {
        var session = peer.Sessions.FirstOrDefault(candidate => ReferenceEquals(candidate.Find(connection.Lane), connection));
        if (session is null)
        {
            return;
        }

        Exception? reason = null;
        Socket? socket = null;
        try
        {
            if (peer.Failures > 0)
            {
                await Task.Delay(BackOff(peer.Failures), _time, _stopping.Token);
            }

            using var limit = new CancellationTokenSource(Options.ConnectTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
            socket = new Socket(peer.Address.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Stream stream;
            try
            {
                await socket.ConnectAsync(peer.Address.Endpoint, either.Token);
                stream = new NetworkStream(socket, ownsSocket: true);
                if (_tls is not null)
                {
                    stream = await _tls.AsClientAsync(stream, peer.Address, either.Token);
                }

                await GreetAsync(stream, new Preamble(_place.ClusterId, Self, peer.Address, connection.Lane, session.Id), either.Token);
            }
            catch (OperationCanceledException late) when (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{peer.Address} did not answer within {Options.ConnectTimeout}.", late);
            }

            session.OnOpened();
            await connection.RunAsync(stream);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            reason = failure;
        }

        session.End(reason);
        socket?.Dispose();
    }

    private TimeSpan BackOff(int failures)
    {
        var most = Math.Min(Options.MaxBackOff.TotalMilliseconds, 25 * Math.Pow(2, Math.Min(failures, 16)));
        return TimeSpan.FromMilliseconds(most * (0.5 + (_chance.NextDouble() / 2)));
    }

    private void Tick()
    {
        var now = Interlocked.Increment(ref _now);
        var silence = 2 * (long)(Options.SilenceLimit / Options.HeartbeatInterval);
        foreach (var session in _peers.Values.SelectMany(static peer => peer.Sessions))
        {
            foreach (var connection in session.Connections.Where(static connection => connection.IsOpen))
            {
                if (now - connection.LastReceived > silence)
                {
                    session.End(new TimeoutException($"{session.Peer.Address} was silent for {Options.SilenceLimit}."));
                    break;
                }

                connection.Beat(now - 2);
            }
        }
    }
}
