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
/// the calls under way through it at once, by name, where Orleans lets them time out. One that leaves says so first: it ends what it was
/// sent, and is sent no more, so nothing is lost. Silos say when the list of gateways has changed; the period is for those that cannot.
/// </remarks>
internal sealed partial class ClientConnections : ITransportHandler, IWireReceiver, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

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
    private GatewayWay[] _live = [];
    private GatewayWay[] _resting = [];
    private SiloAddress[] _leaving = [];
    private TaskCompletionSource? _attempt;
    private ITimer? _refresh;
    private bool _started;
    private bool _stopping;
    private bool _refreshing;
    private bool _refreshAgain;

    public ClientConnections(SiloRuntime client, ITransport transport, IGatewayListProvider provider, IOptions<GatewayOptions> options, ILogger<ClientConnections> logger)
    {
        (_client, _transport, _provider, _options, _logger) = (client, transport, provider, options.Value, logger);
        _wire = new WireCalls(new WireMessages((CodecProvider)client.Codecs, client.Messaging), transport, client.Calls, client.Sink, this, logger);
        ((LocalRouter)client.Router).Outside = Send;
        client.Home = transport.Self;
    }

    /// <summary>The gateways that are connected.</summary>
    public IReadOnlyList<SiloAddress> Live => [.. Volatile.Read(ref _live).Select(static way => way.Address)];

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
            missing = [.. _known.Except(Live)];
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
            if (_known.Contains(peer) && !_leaving.Contains(peer) && Find(_live, peer) is null && Find(_resting, peer) is null)
            {
                Use(new GatewayWay(peer));
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
            isLast = _live is [var only] && only.Address.Equals(peer);
            _live = [.. _live.Where(way => !way.Address.Equals(peer))];
            _resting = [.. _resting.Where(way => !way.Address.Equals(peer))];
            _leaving = [.. _leaving.Where(gateway => !gateway.Equals(peer))];
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

        // It takes nothing now: it leaves, or has not quite begun. So others get it, and all that follows for a while.
        RestFrom(by);
        call.SentTo = null;
        Send(call);
        return true;
    }

    /// <inheritdoc/>
    public void OnNotice(SiloAddress from, WireKind kind)
    {
        if (kind == WireKind.Leaving)
        {
            Leave(from);
        }

        if (kind == WireKind.Changed)
        {
            // Those who are new may have other grains.
            _wire.AskGrains(from);
        }

        if (kind is WireKind.Leaving or WireKind.Changed)
        {
            _ = RefreshSoonAsync();
        }
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

    // Several silos say the same at the same time.
    private async Task RefreshSoonAsync()
    {
        await Task.Delay(Pause, _client.Time);
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        lock (_lock)
        {
            (_refreshAgain, var busy) = (_refreshing, _refreshing);
            if (busy)
            {
                return;
            }

            _refreshing = true;
        }

        for (var again = true; again;)
        {
            await TryRefreshAsync();
            lock (_lock)
            {
                (again, _refreshing, _refreshAgain) = (_refreshAgain, _refreshAgain, false);
            }
        }
    }

    private async Task TryRefreshAsync()
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

                // One that leaves by its own word ends what it was sent before it closes; one that is dead never will.
                added = [.. gateways.Except(_known)];
                removed = [.. _known.Except(gateways).Except(_leaving)];
                _known = gateways;
                _live = [.. _live.Where(way => gateways.Contains(way.Address))];
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
