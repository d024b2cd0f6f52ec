using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Directory;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Placement;
using ActorShop.Runtime.Reminders;
using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ActorShop.Runtime.Hosting;

/// <summary>What makes a silo one of several: its membership, its part of the directory, and the ways to the others.</summary>
internal sealed partial class SiloCluster : ITransportHandler, IMembershipListener, IDisposable
{
    private static readonly TimeSpan SealPatience = TimeSpan.FromSeconds(1);

    private readonly SiloRuntime _silo;
    private readonly ITransport _transport;
    private readonly IProcessLife _life;
    private readonly ILogger _logger;
    private readonly TimeSpan _joinPatience;
    private readonly bool _watches;
    private int _told;

    private SiloCluster(SiloRuntime silo, ITransport transport, IMembershipTable table)
    {
        var services = silo.Services;
        _silo = silo;
        _life = services.GetRequiredService<IProcessLife>();
        _logger = services.GetRequiredService<ILogger<SiloCluster>>();
        var options = services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        var endpoints = services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        var leases = services.GetService<ILeaseTable>() ?? table as ILeaseTable ?? throw new InvalidOperationException(
            $"{table.GetType().FullName} keeps no leases: register an {nameof(ILeaseTable)} beside it.");
        Turns = new SystemTurns(silo.Sink, _logger);
        Membership = new MembershipService(
            new SiloIdentity(transport.Self, silo.SiloIdentity, transport.Self.Endpoint.Address.ToString(), endpoints.GatewayPort),
            table,
            leases,
            options,
            silo.Time,
            Turns,
            services.GetRequiredService<MembershipLog>(),
            _logger)
        {
            Listener = this,
        };
        Gate = new OutwardGate(Membership.Lease, silo.Sink, silo.Limits.MaxHeldBack);
        _transport = transport;
        Link = new SystemLink(transport, silo.Time, Turns, _logger) { Serve = ServeAsync };
        Directory = new GrainDirectory(
            Membership,
            Link,
            new SiloLimits(silo.Limits.MaxDirectoryCache, silo.Messaging.ResponseTimeout, silo.Limits.MaxDirectoryWaiters),
            silo.Time,
            _logger)
        {
            Evicted = OnEvicted,
        };
        Placement = new SiloPlacement(Membership, services.GetRequiredService<Chance>().Fork("placement"), () => silo.Catalog.Count);
        Grains = new ClusterGrains(silo, this);
        Router = new ClusterRouter(silo, this);
        Directory.IsUnwanted = Router.IsUnwanted;
        Wire = new WireCalls(
            new WireMessages((CodecProvider)silo.Codecs, silo.Messaging),
            new GatedTransport(transport, Gate),
            silo.Calls,
            silo.Sink,
            Router,
            _logger);
        Clients = new GatewayClients(Wire);
        Reachability = new Reachability(Membership, Link, Turns, silo.Time, _logger);
        _joinPatience = options.MaxJoinAttemptTime;
        _watches = options.LivenessEnabled;
    }

    public SiloAddress Self => _transport.Self;

    /// <summary>Where the work of the cluster's parts is done, one step at a time.</summary>
    public SystemTurns Turns { get; }

    public MembershipService Membership { get; }

    /// <summary>What leaves the silo passes here.</summary>
    public OutwardGate Gate { get; }

    public SystemLink Link { get; }

    public GrainDirectory Directory { get; }

    public SiloPlacement Placement { get; }

    /// <summary>Which silos can run which calls.</summary>
    public ClusterGrains Grains { get; }

    public ClusterRouter Router { get; }

    public WireCalls Wire { get; }

    /// <summary>Those who are connected to this silo's gateway.</summary>
    public GatewayClients Clients { get; }

    /// <summary>Whether this silo and the others can speak to each other.</summary>
    public Reachability Reachability { get; }

    /// <summary>There is a new view. In the turns of the cluster.</summary>
    public Action? ViewChanged { get; set; }

    /// <summary>The reminders of a grain have changed, and are kept here. In the turns of the cluster.</summary>
    public Action<GrainId>? ReminderChanged { get; set; }

    /// <summary>The cluster that the services describe; null for a silo by itself, and for a client.</summary>
    public static SiloCluster? Create(SiloRuntime silo) =>
        silo.Services.GetService<IMembershipTable>() is { } table && silo.Services.GetService<ITransport>() is { Self.IsClient: false } transport
            ? new SiloCluster(silo, transport, table)
            : null;

    /// <summary>Listens, joins, and becomes a member.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _transport.StartAsync(this, cancellationToken);
        await Membership.JoinAsync(cancellationToken);
        if (_watches)
        {
            await Reachability.MeetAllAsync(_joinPatience, cancellationToken);
        }

        await Membership.ActivateAsync(cancellationToken);
        Placement.Start(_silo.Time, Turns, Link);
        if (_watches)
        {
            Reachability.Start();
        }
    }

    /// <summary>Tells whoever keeps the reminders of a grain that they have changed. Safe from any thread.</summary>
    public void TellReminderOwner(GrainId grain)
    {
        var active = Membership.View.Active;
        if (active.FirstOrDefault(silo => ReminderRange.Of(silo, active).Contains(grain)) is { } owner && !owner.Equals(Self))
        {
            Link.Tell(owner, new SystemMessage(SystemKind.Remind) { Grain = grain });
        }
    }

    /// <summary>Says that it is leaving: from here on it gets nothing new, and others own its part of the directory.</summary>
    public async Task BeginLeavingAsync(CancellationToken cancellationToken)
    {
        // Clients first: whoever reads the table and finds this silo leaving has heard from itself that it closes in order.
        await Clients.SealAsync(SealPatience, _silo.Time);
        await Membership.BeginLeavingAsync(cancellationToken);
    }

    /// <summary>Has all others know that it takes no more calls. What they sent before that may still be on its way.</summary>
    public Task SealAsync(CancellationToken cancellationToken) => Turns.RunAsync(async () =>
    {
        var version = Membership.View.Version;
        foreach (var silo in Membership.View.Living.Where(silo => !silo.Equals(Self)))
        {
            while (!cancellationToken.IsCancellationRequested
                && Membership.View.IsLiving(silo)
                && await Link.AskAsync(silo, new SystemMessage(SystemKind.Seal) { Version = version }, SealPatience) is null)
            {
                LogSealing(silo);
            }
        }
    });

    /// <summary>Says that it is gone, and closes.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (!Membership.IsDead)
        {
            await Membership.LeaveAsync(cancellationToken);
            await Turns.RunAsync(() =>
            {
                Tell(Membership.View);
                return Task.CompletedTask;
            });
        }

        Dispose();
        await _transport.StopAsync(cancellationToken);
    }

    public void Dispose()
    {
        Membership.Dispose();
        Reachability.Dispose();
        Placement.Dispose();
        Gate.Drop();
    }

    /// <inheritdoc/>
    public void OnFrame(SiloAddress from, Lane lane, ReadOnlyMemory<byte> frame)
    {
        if (lane == Lane.Calls)
        {
            Wire.OnFrame(from, frame.Span);
        }
        else if (!from.IsClient)
        {
            Link.OnFrame(from, frame);
        }
    }

    /// <inheritdoc/>
    public void OnConnected(SiloAddress peer)
    {
        if (peer.IsClient)
        {
            Clients.OnConnected(peer);
        }
    }

    /// <inheritdoc/>
    public void OnDisconnected(SiloAddress peer, Exception? reason)
    {
        // Perhaps it is dead: the table may know by now, and the others' questions to it are asked again at once.
        Wire.OnLost(peer, reason);
        if (peer.IsClient)
        {
            Clients.OnDisconnected(peer);
            return;
        }

        Turns.Begin(() =>
        {
            Link.GiveUp((to, _) => to.Equals(peer));
            return Task.CompletedTask;
        });
        Membership.Look();
    }

    /// <inheritdoc/>
    public void OnView(ClusterView old, ClusterView view)
    {
        SiloAddress[] dead =
        [
            .. view.Members
                .Where(member => member.Status == SiloStatus.Dead && old.StatusOf(member.Address) != SiloStatus.Dead)
                .Select(static member => member.Address),
        ];
        Directory.OnView(old, view);
        Grains.OnView(view);
        Tell(view);
        foreach (var silo in dead)
        {
            _transport.Forget(silo);
            _silo.Calls.Fail(
                call => silo.Equals(call.SentTo),
                call => new SiloUnavailableException($"Silo {silo} was declared dead before it answered {call}, which may have been run."));
        }

        if (!old.Active.SequenceEqual(view.Active))
        {
            Clients.TellChanged();
        }

        ViewChanged?.Invoke();
    }

    /// <inheritdoc/>
    public void OnRenewed() => Gate.Release();

    /// <inheritdoc/>
    public void OnDied()
    {
        Gate.Drop();
        _silo.Calls.FailAll(message => new SiloUnavailableException($"Silo {Self} is dead to its cluster; {message} may have been run."));
        _life.Exit("The membership table says that this silo is dead.");
    }

    private void Tell(ClusterView view)
    {
        if (view.Version <= _told)
        {
            return;
        }

        _told = view.Version;
        foreach (var silo in view.Living.Where(silo => !silo.Equals(Self)))
        {
            Link.Tell(silo, new SystemMessage(SystemKind.Changed) { Version = view.Version });
        }
    }

    private Task<SystemMessage?> ServeAsync(SiloAddress from, SystemMessage message)
    {
        switch (message.Kind)
        {
            case SystemKind.Changed:
                _told = Math.Max(_told, message.Version);
                if (message.Version > Membership.View.Version)
                {
                    Membership.Look();
                }

                return Task.FromResult<SystemMessage?>(null);
            case SystemKind.Remind:
                ReminderChanged?.Invoke(message.Grain);
                return Task.FromResult<SystemMessage?>(null);
            case SystemKind.Ping:
                return Task.FromResult<SystemMessage?>(new SystemMessage(SystemKind.Answer) { Version = Membership.View.Version });
            case SystemKind.Describe:
                return Task.FromResult<SystemMessage?>(new SystemMessage(SystemKind.Answer) { Grains = _silo.Interfaces.Own });
            case SystemKind.Subscriptions:
                _silo.Streams.OnChanged(message.Grain);
                return Task.FromResult<SystemMessage?>(new SystemMessage(SystemKind.Answer));
            case SystemKind.Load:
                Placement.OnLoad(from, message.Activation);
                return Task.FromResult<SystemMessage?>(null);
            default:
                return Directory.ServeAsync(from, message);
        }
    }

    private void OnEvicted(Activation activation, SiloAddress winner) => activation.Lose(winner);

    [LoggerMessage(1280, LogLevel.Warning, "Silo {Silo} has not yet confirmed that it sends no more calls here")]
    private partial void LogSealing(SiloAddress silo);
}
