using ActorShop.Runtime.Networking;
using Orleans.Runtime;

namespace ActorShop.Runtime.Live;

/// <summary>The connections that one side has made to the other, a lane each: they end together.</summary>
internal sealed class TcpSession(TcpTransport transport, TcpPeer peer, ulong id, bool isDialed)
{
    private readonly Lock _lock = new();
    private readonly TcpConnection?[] _connections = new TcpConnection?[2];
    private bool _ended;
    private bool _announced;

    public TcpTransport Transport => transport;

    public TcpPeer Peer => peer;

    public ulong Id => id;

    /// <summary>Whether this side has made it.</summary>
    public bool IsDialed => isDialed;

    /// <summary>Its connections, as they are now.</summary>
    public TcpConnection[] Connections
    {
        get
        {
            lock (_lock)
            {
                return [.. _connections.OfType<TcpConnection>()];
            }
        }
    }

    public TcpConnection? Find(Lane lane) => Volatile.Read(ref _connections[(int)lane]);

    /// <summary>Adds a connection; null where the session is over. Second where it is not the first of its lane, which it replaces.</summary>
    public TcpConnection? Add(Lane lane, out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_ended)
            {
                return null;
            }

            if (_connections[(int)lane] is { } known)
            {
                return known;
            }

            isNew = true;
            return _connections[(int)lane] = new TcpConnection(this, lane);
        }
    }

    /// <summary>A handshake is done.</summary>
    public void OnOpened()
    {
        lock (_lock)
        {
            if (_announced || _ended)
            {
                return;
            }

            _announced = true;
        }

        transport.OnOpened(this);
    }

    /// <summary>Ends all of it, once.</summary>
    public void End(Exception? reason)
    {
        TcpConnection[] connections;
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            connections = [.. _connections.OfType<TcpConnection>()];
        }

        peer.Remove(this);
        foreach (var connection in connections)
        {
            connection.Close();
        }

        transport.OnEnded(this, _announced, reason);
    }
}

/// <summary>Another process: how it can be reached. Safe from any thread.</summary>
internal sealed class TcpPeer(TcpTransport transport, SiloAddress address)
{
    private readonly Lock _lock = new();
    private TcpSession? _dialed;
    private TcpSession? _accepted;
    private bool _forgotten;
    private int _failures;

    public SiloAddress Address => address;

    public bool IsForgotten => Volatile.Read(ref _forgotten);

    /// <summary>Whether nothing leads there.</summary>
    public bool IsEmpty => _dialed is null && _accepted is null;

    /// <summary>How often in a row it could not be reached.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public TcpSession[] Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. new[] { _dialed, _accepted }.OfType<TcpSession>()];
            }
        }
    }

    /// <summary>The connection for a lane, dialed where there is none; null where that cannot be.</summary>
    public TcpConnection? ConnectionFor(Lane lane)
    {
        if (Volatile.Read(ref _dialed)?.Find(lane) is { } mine)
        {
            return mine;
        }

        if (Volatile.Read(ref _accepted)?.Find(lane) is { } theirs)
        {
            return theirs;
        }

        // Nobody listens where a client is.
        return address.IsClient ? null : Dial(lane);
    }

    /// <summary>The session that the other side has made; a new one ends the one before it.</summary>
    public TcpSession? Accept(ulong id)
    {
        TcpSession? stale = null;
        TcpSession session;
        lock (_lock)
        {
            if (_forgotten)
            {
                return null;
            }

            if (_accepted?.Id == id)
            {
                return _accepted;
            }

            stale = _accepted;
            _accepted = session = new TcpSession(transport, this, id, isDialed: false);
        }

        stale?.End(new IOException($"{address} has begun anew."));
        return session;
    }

    public void Remove(TcpSession session)
    {
        lock (_lock)
        {
            _dialed = ReferenceEquals(_dialed, session) ? null : _dialed;
            _accepted = ReferenceEquals(_accepted, session) ? null : _accepted;
        }
    }

    public void Forget() => Volatile.Write(ref _forgotten, true);

    public void OnOpened() => Volatile.Write(ref _failures, 0);

    public void OnFailed() => Interlocked.Increment(ref _failures);

    private TcpConnection? Dial(Lane lane)
    {
        TcpConnection? connection;
        bool isNew;
        lock (_lock)
        {
            if (_forgotten)
            {
                return null;
            }

            _dialed ??= new TcpSession(transport, this, transport.NewSessionId(), isDialed: true);
            connection = _dialed.Add(lane, out isNew);
            if (connection is null)
            {
                // It ends at this moment, and is about to be removed.
                _dialed = new TcpSession(transport, this, transport.NewSessionId(), isDialed: true);
                connection = _dialed.Add(lane, out isNew);
            }
        }

        if (isNew)
        {
            transport.Dial(connection!, this);
        }

        return connection;
    }
}
