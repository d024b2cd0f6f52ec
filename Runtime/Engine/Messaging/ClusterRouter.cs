using ActorShop.Runtime.Hosting;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>The router of a cluster of several: whoever is not here is asked for at the directory. Safe from any thread.</summary>
/// <remarks>
/// A grain that is active here costs what it costs in a silo by itself. Calls that wait for the directory wait in one line for each
/// grain, so that those of one caller keep their order. A call that was refused unrun is sent again until its caller stops
/// waiting; one that may have been run never is.
/// </remarks>
internal sealed partial class ClusterRouter(SiloRuntime silo, SiloCluster cluster) : IMessageRouter, IWireReceiver
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public bool PassesOn => true;

    /// <inheritdoc/>
    public void Send(Message message)
    {
        // A silo without a lease is out of business for a moment: its clients wait as if it were slow.
        if (message.Sender is null && message is not IArrived && !cluster.Gate.IsOpen)
        {
            Hold(message, () => Send(message));
            return;
        }

        Route(message);
    }

    /// <summary>Sends on to a silo that has the grain, which this one has not.</summary>
    public void SendTo(Message message, SiloAddress there)
    {
        cluster.Directory.Remember(message.Target, there);
        if (message is IArrived { Arrival.Origin: var origin })
        {
            // So that the next call takes the straight way.
            cluster.Turns.Begin(() =>
            {
                cluster.Link.Tell(origin, new SystemMessage(SystemKind.Moved) { Grain = message.Target, Silo = there });
                return Task.CompletedTask;
            });
        }

        Deliver(message, there);
    }

    /// <inheritdoc/>
    public void OnRequest(SiloAddress from, Message request)
    {
        if (!cluster.Gate.IsOpen)
        {
            Hold(request, () => OnRequest(from, request));
        }
        else if (from.IsClient)
        {
            OnClientRequest(request);
        }
        else if (silo.Catalog.Find(request.Target) is { } addressee)
        {
            ReceiveHere(addressee, request);
        }
        else if (ObserverHost.IsObserver(request.Target))
        {
            request.TryFail(new ClientNotAvailableException(request.Target));
        }
        else if (!silo.Catalog.Classes.ContainsKey(request.Target.Type))
        {
            request.TryReject(new Rejection(RejectionKind.UnknownGrainType, $"{cluster.Self} has no grain class of the type."));
        }
        else if (cluster.Directory.IsLeaving || !silo.IsOpenToGrains)
        {
            request.TryReject(new Rejection(RejectionKind.ShuttingDown, $"{cluster.Self} takes nothing new."));
        }
        else if (!MayBeginHere(request))
        {
            Route(request);
        }
        else
        {
            silo.Catalog.Get(request.Target)!.Receive(request);
        }
    }

    /// <inheritdoc/>
    public bool OnRejected(SiloAddress by, Message call, Rejection rejection)
    {
        if (rejection.Kind is not (RejectionKind.WrongSilo or RejectionKind.ShuttingDown))
        {
            return false;
        }

        cluster.Directory.Forget(call.Target, by);
        call.SentTo = null;
        RouteLater(call);
        return true;
    }

    /// <inheritdoc/>
    public void OnNotice(SiloAddress from, WireKind kind)
    {
        if (kind == WireKind.LastWord)
        {
            cluster.Clients.OnLastWord(from);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<GrainDescription> DescribeGrains() => silo.Interfaces.Grains;

    // A client does not know where grains are: this silo is its way to all of them, until it leaves.
    private void OnClientRequest(Message request)
    {
        if (cluster.Directory.IsLeaving || !silo.IsOpenToGrains)
        {
            request.TryReject(new Rejection(RejectionKind.ShuttingDown, $"{cluster.Self} takes nothing new."));
        }
        else
        {
            Route(request);
        }
    }

    private void Route(Message message)
    {
        var target = message.Target;
        if (silo.Catalog.Find(target) is { } here)
        {
            ReceiveHere(here, message);
        }
        else if (FindKind(target.Type) is { } kind)
        {
            if (kind == PlacementKind.StatelessWorker)
            {
                SendToWorker(message);
            }
            else if (cluster.Directory.TryCached(target, out var there) && !cluster.Self.Equals(there))
            {
                cluster.Wire.Send(there!, message);
            }
            else
            {
                cluster.Turns.Begin(() => EnqueueAsync(message));
            }
        }
        else if (ObserverHost.HomeOf(target) is { } home && !home.Equals(cluster.Self))
        {
            cluster.Wire.Send(home, message);
        }
        else
        {
            message.TryFail(ObserverHost.IsObserver(target)
                ? new ClientNotAvailableException(target)
                : new OrleansMessageRejectionException($"No grain class of the cluster has the type of {target}."));
        }
    }

    private void RouteLater(Message message) => cluster.Turns.Begin(async () =>
    {
        await Task.Delay(Pause, silo.Time);
        if (!message.IsSettled)
        {
            Route(message);
        }
    });

    private void Deliver(Message message, SiloAddress there)
    {
        if (!there.Equals(cluster.Self))
        {
            cluster.Wire.Send(there, message);
        }
        else if (silo.Catalog.Find(message.Target) is { } here)
        {
            ReceiveHere(here, message);
        }
        else if (MayBeginHere(message))
        {
            silo.Catalog.Get(message.Target)!.Receive(message);
        }
        else
        {
            // Its entry is of an activation that has ended here, and will be gone by then.
            RouteLater(message);
        }
    }

    private void Hold(Message message, Action later)
    {
        if (!cluster.Gate.TryHold(later))
        {
            message.TryReject(new Rejection(RejectionKind.Overloaded, $"{cluster.Self} waits for its lease, and too much waits for it."));
        }
    }
}
