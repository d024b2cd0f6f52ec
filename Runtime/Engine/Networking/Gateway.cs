using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Serialization;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Networking;

/// <summary>Lets clients into a silo that is by itself. In a cluster of several the router of the cluster does.</summary>
internal sealed class Gateway : ITransportHandler, IWireReceiver, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly SiloRuntime _silo;
    private readonly ITransport _transport;
    private readonly WireCalls _wire;
    private volatile bool _open;

    public Gateway(SiloRuntime silo, ITransport transport, ILogger<Gateway> logger)
    {
        (_silo, _transport) = (silo, transport);
        _wire = new WireCalls(new WireMessages((CodecProvider)silo.Codecs, silo.Messaging), transport, silo.Calls, silo.Sink, this, logger);
    }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer)
    {
        if (_silo.Router is not LocalRouter router)
        {
            return;
        }

        router.Outside = Send;

        // It listens before the silo starts, so that a port that is taken is known at once; it opens last and closes first.
        observer.Subscribe(
            nameof(Gateway), ServiceLifecycleStage.RuntimeServices, token => _transport.StartAsync(this, token), _transport.StopAsync);
        observer.Subscribe(nameof(Gateway), ServiceLifecycleStage.Active, _ => SetOpen(true), _ => SetOpen(false));
    }

    /// <inheritdoc/>
    public void OnFrame(SiloAddress from, Lane lane, ReadOnlyMemory<byte> frame) => _wire.OnFrame(from, frame.Span);

    /// <inheritdoc/>
    public void OnConnected(SiloAddress peer)
    {
    }

    /// <inheritdoc/>
    public void OnDisconnected(SiloAddress peer, Exception? reason) => _wire.OnLost(peer, reason);

    /// <inheritdoc/>
    public void OnRequest(SiloAddress from, Message request)
    {
        if (!_silo.Interfaces.Meets(request.Demand))
        {
            request.TryFail(new OrleansMessageRejectionException(
                $"The silo has no version {request.Demand.Version} of the interface; {request} was not run."));
        }
        else if (_open)
        {
            _silo.Router.Send(request);
        }
        else
        {
            request.TryReject(new Rejection(RejectionKind.ShuttingDown, $"{_transport.Self} is not open."));
        }
    }

    /// <inheritdoc/>
    public bool OnRejected(SiloAddress by, Message call, Rejection rejection) => false;

    /// <inheritdoc/>
    public IEnumerable<GrainDescription> DescribeGrains() => _silo.Interfaces.Grains;

    private void Send(Message message)
    {
        if (ObserverHost.HomeOf(message.Target) is { IsClient: true } client)
        {
            _wire.Send(client, message);
        }
        else
        {
            message.TryFail(LocalRouter.NobodyThere(message));
        }
    }

    private Task SetOpen(bool open)
    {
        _open = open;
        return Task.CompletedTask;
    }
}
