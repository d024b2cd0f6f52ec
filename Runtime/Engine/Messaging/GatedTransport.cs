using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Networking;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>The way out for calls and answers: nothing passes while this silo's lease is not valid.</summary>
/// <remarks>The look is taken where an answer is sent, which is after whatever was committed for it. Safe from any thread.</remarks>
internal sealed class GatedTransport(ITransport inner, OutwardGate gate) : ITransport
{
    /// <inheritdoc/>
    public SiloAddress Self => inner.Self;

    /// <inheritdoc/>
    public Task StartAsync(ITransportHandler handler, CancellationToken cancellationToken) => inner.StartAsync(handler, cancellationToken);

    /// <inheritdoc/>
    public bool TrySend(SiloAddress peer, Lane lane, Frame frame)
    {
        if (gate.IsOpen || lane == Lane.System)
        {
            return inner.TrySend(peer, lane, frame);
        }

        if (gate.TryHold(() => TrySend(peer, lane, frame)))
        {
            return true;
        }

        frame.Dispose();
        return false;
    }

    /// <inheritdoc/>
    public void Forget(SiloAddress peer) => inner.Forget(peer);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);
}
