using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace ActorShop.Runtime.Client;

/// <summary>A client's ways into the cluster: one to each gateway, over which its calls are spread. Safe from any thread.</summary>
/// <remarks>
/// Calls to one grain take one gateway while the gateways stay the same, so they keep their order. A gateway that is lost fails
/// the calls under way through it at once, by name, where Orleans lets them time out; one that is leaving has them sent elsewhere.
/// </remarks>
internal sealed partial class ClientConnections : ITransportHandler, IWireReceiver, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GrainType, GrainDescription> _grains = [];
    private readonly HashSet<SiloAddress> _failed = [];
    private readonly SiloRuntime _client;
    private readonly ITransport _transport;
    private readonly IGatewayListProvider _provider;
    private readonly GatewayOptions _options;
    private readonly WireCalls _wire;
    private readonly ILogger _logger;
    private SiloAddress[] _known = [];
    private SiloAddress[] _live = [];
    private TaskCompletionSource? _attempt;
    private ITimer? _refresh;
    private bool _started;
    private bool _stopping;

    public ClientConnections(SiloRuntime client, ITransport transport, IGatewayListProvider provider, IOptions<GatewayOptions> options, ILogger<ClientConnections> logger)
    {
        (_client, _transport, _provider, _options, _logger) = (client, transport, provider, options.Value, logger);
        _wire = new WireCalls(new WireMessages((CodecProvider)client.Codecs, client.Messaging), transport, client.Calls, client.Sink, this, logger);
        ((LocalRouter)client.Router).Outside = Send;
        client.Home = transport.Self;
    }

    /// <summary>The gateways that are connected.</summary>
    public IReadOnlyList<SiloAddress> Live => Volatile.Read(ref _live);

    /// <summary>Connects; completes when one gateway has answered.</summary>
    /// <exception cref="ConnectionFailedException">None has, and no filter asked for another attempt.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _provider.InitializeGatewayListProvider();
        await _transport.StartAsync(this, cancellationToken);
        var filter = _client.Services.GetService<IClientConnectionRetryFilter>();
        while (true)
        {
            try
            {
                await ConnectAsync(cancellationToken);
                break;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && filter is not null)
            {
                if (!await filter.ShouldRetryConnectionAttempt(failure, cancellationToken))
                {
                    throw;
                }
            }
        }

        var period = TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, Math.Min(_options.GatewayListRefreshPeriod.Ticks, _provider.MaxStaleness.Ticks)));
        _refresh = _client.Time.CreateTimer(static self => _ = ((ClientConnections)self!).RefreshAsync(), this, period, period);
        SiloAddress[] missing;
        lock (_lock)
        {
            _started = true;
            missing = [.. _known.Except(_live)];
        }

        Reach(missing);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _stopping = true;
        }

        Dispose();
        await _transport.StopAsync(cancellationToken);
    }

    public void Dispose() => _refresh?.Dispose();

    /// <inheritdoc/>
    public void OnFrame(SiloAddress from, Lane lane, ReadOnlyMemory<byte> frame) => _wire.OnFrame(from, frame.Span);

    /// <inheritdoc/>
    public void OnConnected(SiloAddress peer)
    {
        lock (_lock)
        {
            if (_known.Contains(peer) && !_live.Contains(peer))
            {
                // In the order of the list, so that all clients of one list spread alike.
                _live = [.. _known.Where(gateway => gateway.Equals(peer) || _live.Contains(gateway))];
            }
        }
    }

    /// <inheritdoc/>
    public void OnDisconnected(SiloAddress peer, Exception? reason)
    {
        bool isLast;
        bool again;
        lock (_lock)
        {
            isLast = _live is [var only] && only.Equals(peer);
            _live = [.. _live.Where(gateway => !gateway.Equals(peer))];
            again = _started && !_stopping && _known.Contains(peer);
            if (_attempt is { } attempt && _failed.Add(peer) && _known.All(_failed.Contains))
            {
                _attempt = null;
                attempt.TrySetException(new ConnectionFailedException(
                    $"No gateway could be reached: {string.Join(", ", _known.Select(static gateway => gateway.Endpoint))}. {reason?.Message}", reason ?? new IOException("Closed.")));
            }
        }

        _wire.OnLost(peer, reason);
        if (again)
        {
            if (isLast)
            {
                OnClusterLost();
            }

            Reach([peer]);
            _ = RefreshAsync();
        }
    }

    /// <inheritdoc/>
    public void OnRequest(SiloAddress from, Message request)
    {
        if (_client.Catalog.Find(request.Target) is { } observer)
        {
            observer.Receive(request);
        }
        else
        {
            request.TryFail(new ClientNotAvailableException(request.Target));
        }
    }

    /// <inheritdoc/>
    public bool OnRejected(SiloAddress by, Message call, Rejection rejection)
    {
        if (rejection.Kind != RejectionKind.ShuttingDown)
        {
            return false;
        }

        // It takes nothing more, so others get it, and all that follows.
        lock (_lock)
        {
            if (_live.Length > 1)
            {
                _live = [.. _live.Where(gateway => !gateway.Equals(by))];
            }

            if (_live is [] || _live is [var only] && only.Equals(by))
            {
                return false;
            }
        }

        call.SentTo = null;
        Send(call);
        return true;
    }

    /// <inheritdoc/>
    public void OnGrains(SiloAddress from, IReadOnlyList<GrainDescription> grains)
    {
        TaskCompletionSource? attempt;
        lock (_lock)
        {
            foreach (var grain in grains)
            {
                _grains[grain.GrainType] = grain;
            }

            _client.Interfaces.Use([.. _grains.Values]);
            (attempt, _attempt) = (_attempt, null);
        }

        attempt?.TrySetResult();
    }

    private void Send(Message call)
    {
        var gateways = Volatile.Read(ref _live);
        if (gateways.Length == 0)
        {
            // Perhaps the next attempt to connect succeeds; if it fails the call does.
            gateways = Volatile.Read(ref _known);
        }

        if (gateways.Length == 0)
        {
            call.TryReject(new Rejection(RejectionKind.Unavailable, "The client knows no gateway."));
            return;
        }

        var preferred = _options.PreferredGatewayIndex;
        var index = preferred >= 0 && preferred < gateways.Length ? (uint)preferred : (uint)call.Target.GetHashCode() % (uint)gateways.Length;
        _wire.Send(gateways[index], call);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var gateways = await ListAsync();
        if (gateways.Length == 0)
        {
            throw new ConnectionFailedException($"{_provider.GetType().Name} knows no gateway.");
        }

        var attempt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _failed.Clear();
            _known = gateways;
            _attempt = attempt;
        }

        Reach(gateways);
        await attempt.Task.WaitAsync(cancellationToken);
    }

    private async Task RefreshAsync()
    {
        try
        {
            var gateways = await ListAsync();
            SiloAddress[] added;
            SiloAddress[] removed;
            lock (_lock)
            {
                if (_stopping || gateways.Length == 0)
                {
                    return;
                }

                added = [.. gateways.Except(_known)];
                removed = [.. _known.Except(gateways)];
                _known = gateways;
                _live = [.. gateways.Where(_live.Contains)];
            }

            Reach(added);
            foreach (var gone in removed.Where(static gateway => gateway.Generation != 0))
            {
                _transport.Forget(gone);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogListFailed(failure);
        }
    }

    private async Task<SiloAddress[]> ListAsync() =>
        [.. (await _provider.GetGateways()).Select(static gateway => gateway.ToGatewayAddress()).Distinct()];

    // To be asked something is to be connected to.
    private void Reach(IEnumerable<SiloAddress> gateways)
    {
        foreach (var gateway in gateways)
        {
            _wire.AskGrains(gateway);
        }
    }

    private void OnClusterLost()
    {
        LogClusterLost();
        foreach (var handler in _client.Services.GetServices<ConnectionToClusterLostHandler>())
        {
            try
            {
                handler(this, EventArgs.Empty);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                LogHandlerFailed(failure);
            }
        }
    }

    [LoggerMessage(1240, LogLevel.Error, "The client has lost its last gateway; it goes on trying")]
    private partial void LogClusterLost();

    [LoggerMessage(1241, LogLevel.Warning, "The list of gateways could not be read")]
    private partial void LogListFailed(Exception exception);

    [LoggerMessage(1242, LogLevel.Warning, "A handler of lost connections has thrown")]
    private partial void LogHandlerFailed(Exception exception);
}
