using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Networking;
using Orleans.Runtime;

namespace ActorShop.Runtime.Simulation;

/// <summary>What a simulated network does to those who use it. Chances are from 0 to 1.</summary>
public sealed class SimulatedNetworkFaults
{
    /// <summary>The shortest time that a frame takes.</summary>
    /// <value>A tenth of a millisecond.</value>
    public TimeSpan MinLatency { get; set; } = TimeSpan.FromMicroseconds(100);

    /// <summary>The longest time that a frame takes; each takes a time up to it.</summary>
    /// <value>Two milliseconds.</value>
    public TimeSpan MaxLatency { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The chance that a frame is lost, for each frame. TCP loses none while a connection lives; nobody may rely on it.</summary>
    /// <value>None.</value>
    public double Loss { get; set; }

    /// <summary>The chance that a connection breaks, for each frame.</summary>
    /// <value>None.</value>
    public double Reset { get; set; }

    /// <summary>How long a connection stays when nothing comes through it.</summary>
    /// <value>Three seconds.</value>
    public TimeSpan ConnectionTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many frames were lost.</summary>
    public int Lost { get; internal set; }

    /// <summary>How many connections were broken.</summary>
    public int Broken { get; internal set; }
}

/// <summary>All links between silos: the other half of TCP.</summary>
/// <remarks>
/// In order within a lane of a connection; what was on its way when a connection broke may still come, after what is sent on
/// the next one. Nothing comes twice. Between two silos either direction can be blocked by itself.
/// </remarks>
internal sealed class SimulatedNetwork(SimulatedTime time, SimulatedTurnSink sink, Chance chance, SimulatedNetworkFaults faults)
{
    private readonly Dictionary<SiloAddress, SimulatedTransport> _silos = [];
    private readonly Dictionary<(SiloAddress From, SiloAddress To), Link> _links = [];
    private readonly HashSet<(int From, int To)> _blocked = [];

    public SimulatedTransport Create(SiloAddress self, SimulatedNode node) => new(this, self, node) { Sink = sink };

    /// <summary>Nothing passes from one silo to another until it is healed.</summary>
    public void Block(int from, int to) => _blocked.Add((from, to));

    /// <summary>Everything passes again; what waits in connections that still stand is delivered.</summary>
    public void Heal()
    {
        _blocked.Clear();
        foreach (var link in _links.Values.ToArray())
        {
            link.Flush();
        }
    }

    public void Heal(int from, int to)
    {
        if (_blocked.Remove((from, to)))
        {
            foreach (var link in _links.Values.Where(link => link.Is(from, to)).ToArray())
            {
                link.Flush();
            }
        }
    }

    /// <summary>Breaks the connection between two silos.</summary>
    public void Break(SiloAddress one, SiloAddress other)
    {
        faults.Broken++;
        foreach (var key in new[] { (one, other), (other, one) })
        {
            if (_links.Remove(key, out var link))
            {
                link.End();
            }
        }

        Tell(one, other);
        Tell(other, one);
    }

    /// <summary>The process behind an address has ended; its peers notice at once, or not before their patience ends.</summary>
    public void OnCrashed(SiloAddress silo, bool noticed)
    {
        _silos.Remove(silo);
        foreach (var (key, link) in _links.Where(pair => pair.Key.From.Equals(silo) || pair.Key.To.Equals(silo)).ToArray())
        {
            var peer = key.From.Equals(silo) ? key.To : key.From;
            After(noticed ? faults.MaxLatency : faults.ConnectionTimeout, () =>
            {
                if (_links.TryGetValue(key, out var known) && ReferenceEquals(known, link))
                {
                    _links.Remove(key);
                    link.End();
                    Tell(peer, silo);
                }
            });
        }
    }

    internal void Register(SimulatedTransport transport) => _silos[transport.Self] = transport;

    internal void Unregister(SimulatedTransport transport) => _silos.Remove(transport.Self);

    internal void Send(SimulatedTransport from, SiloAddress to, Lane lane, byte[] bytes)
    {
        if (chance.Flip(faults.Reset))
        {
            Break(from.Self, to);
        }

        if (!_silos.TryGetValue(to, out var receiver))
        {
            // Refused, after a round trip.
            After(Latency() * 2, () => Tell(from.Self, to));
            return;
        }

        if (!_links.TryGetValue((from.Self, to), out var link))
        {
            _links[(from.Self, to)] = link = new Link(this, from, receiver);
            After(Latency(), () => receiver.Node.Do(() => receiver.Handler?.OnConnected(from.Self)));
        }

        link.Send(lane, bytes);
    }

    private bool IsBlocked(SimulatedTransport from, SimulatedTransport to) => _blocked.Contains((from.Node.Number, to.Node.Number));

    private TimeSpan Latency() => faults.MinLatency + TimeSpan.FromTicks(
        (long)(chance.NextDouble() * Math.Max(0, (faults.MaxLatency - faults.MinLatency).Ticks)));

    private void After(TimeSpan delay, Action action) =>
        _ = time.CreateTimer(static action => ((Action)action!)(), action, delay, Timeout.InfiniteTimeSpan);

    private void Tell(SiloAddress whom, SiloAddress peer)
    {
        if (_silos.TryGetValue(whom, out var transport))
        {
            sink.Schedule(new Call(() => transport.Handler?.OnDisconnected(peer, new IOException("The simulated connection broke."))), transport.Node);
        }
    }

    /// <summary>One direction of one connection.</summary>
    private sealed class Link(SimulatedNetwork network, SimulatedTransport from, SimulatedTransport to)
    {
        private readonly long[] _last = new long[2];
        private readonly List<(Lane Lane, byte[] Bytes)> _clogged = [];
        private bool _ended;

        public bool Is(int source, int target) => from.Node.Number == source && to.Node.Number == target;

        public void Send(Lane lane, byte[] bytes)
        {
            if (network.IsBlocked(from, to))
            {
                Clog(lane, bytes);
                return;
            }

            if (network.Loses())
            {
                return;
            }

            // In order within the lane: none overtakes the one before.
            var arrival = Math.Max(network.Now + network.Latency().Ticks, _last[(int)lane] + 1);
            _last[(int)lane] = arrival;
            var epoch = to.Node;
            network.After(TimeSpan.FromTicks(arrival - network.Now), () =>
            {
                // What was on its way when the connection broke comes late or never.
                if (_ended && network.Drops())
                {
                    return;
                }

                to.Arrive(from.Self, lane, bytes, epoch);
            });
        }

        public void Flush()
        {
            var clogged = _clogged.ToArray();
            _clogged.Clear();
            foreach (var (lane, bytes) in clogged)
            {
                Send(lane, bytes);
            }
        }

        public void End()
        {
            _ended = true;
            _clogged.Clear();
        }

        private void Clog(Lane lane, byte[] bytes)
        {
            _clogged.Add((lane, bytes));
            if (_clogged.Count == 1)
            {
                network.After(network.Patience, () =>
                {
                    if (!_ended && _clogged.Count > 0)
                    {
                        network.Break(from.Self, to.Self);
                    }
                });
            }
        }
    }

    private long Now => time.GetTimestamp();

    private TimeSpan Patience => faults.ConnectionTimeout;

    private bool Drops() => chance.Flip(0.5);

    private bool Loses()
    {
        var lost = chance.Flip(faults.Loss);
        faults.Lost += lost ? 1 : 0;
        return lost;
    }

    /// <summary>Something to be done in the turn of whoever is meant.</summary>
    internal sealed class Call(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}

/// <summary>A silo's end of the simulated network.</summary>
internal sealed class SimulatedTransport(SimulatedNetwork network, SiloAddress self, SimulatedNode node) : ITransport
{
    private readonly Dictionary<(SiloAddress From, Lane Lane), Queue<byte[]>> _inbox = [];
    private readonly HashSet<SiloAddress> _forgotten = [];

    /// <inheritdoc/>
    public SiloAddress Self => self;

    public SimulatedNode Node => node;

    public ITransportHandler? Handler { get; private set; }

    public SimulatedTurnSink? Sink { get; set; }

    /// <inheritdoc/>
    public Task StartAsync(ITransportHandler handler, CancellationToken cancellationToken)
    {
        Handler = handler;
        network.Register(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public bool TrySend(SiloAddress peer, Lane lane, Frame frame)
    {
        var bytes = frame.Written.ToArray();
        frame.Dispose();
        if (node.IsDead || Handler is null || _forgotten.Contains(peer))
        {
            return false;
        }

        network.Send(this, peer, lane, bytes);
        return true;
    }

    /// <inheritdoc/>
    public void Forget(SiloAddress peer) => _forgotten.Add(peer);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        network.Unregister(this);
        network.OnCrashed(self, noticed: true);
        return Task.CompletedTask;
    }

    /// <summary>A frame has come; it is taken in the turn that the seed picks, but in order.</summary>
    public void Arrive(SiloAddress from, Lane lane, byte[] bytes, SimulatedNode sentTo)
    {
        if (!ReferenceEquals(sentTo, node) || node.IsDead)
        {
            return;
        }

        if (!_inbox.TryGetValue((from, lane), out var queue))
        {
            _inbox[(from, lane)] = queue = new();
        }

        queue.Enqueue(bytes);
        Sink!.Schedule(new SimulatedNetwork.Call(() => Handler?.OnFrame(from, lane, queue.Dequeue())), node);
    }
}
