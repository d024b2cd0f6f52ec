using ActorShop.Runtime.Hosting;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>The router of a cluster of several: whoever is not here is asked for at the directory. Safe from any thread.</summary>
/// <remarks>
/// A grain that is active here costs what it costs in a silo by itself. Calls that wait for the directory wait in one line for each
/// grain, so that those of one caller keep their order. A call that was refused unrun is sent again until its caller stops
/// waiting; one that may have been run never is.
/// </remarks>
internal sealed class ClusterRouter(SiloRuntime silo, SiloCluster cluster) : IMessageRouter, IWireReceiver
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Belongs to the turns of the cluster.
    private readonly Dictionary<GrainId, List<Message>> _lines = [];

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
            addressee.Receive(request);
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
        cluster.Turns.Begin(async () =>
        {
            await Task.Delay(Pause, silo.Time);
            if (!call.IsSettled)
            {
                Route(call);
            }
        });
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
            here.Receive(message);
        }
        else if (silo.Catalog.Classes.TryGetValue(target.Type, out var grainClass))
        {
            if (grainClass.IsStatelessWorker)
            {
                silo.Catalog.Get(target)!.Receive(message);
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
                : new OrleansMessageRejectionException($"No grain class of this silo has the type of {target}."));
        }
    }

    private async Task EnqueueAsync(Message message)
    {
        if (_lines.TryGetValue(message.Target, out var line))
        {
            line.Add(message);
            return;
        }

        _lines[message.Target] = line = [message];
        try
        {
            var there = await cluster.Directory.LocateAsync(message.Target) ?? await PlaceAsync(message);
            cluster.Directory.Remember(message.Target, there);
            _lines.Remove(message.Target);
            foreach (var waiting in line.Where(static waiting => !waiting.IsSettled))
            {
                Deliver(waiting, there);
            }
        }
        catch (Exception exception)
        {
            _lines.Remove(message.Target);
            foreach (var waiting in line)
            {
                waiting.TryFail(exception);
            }
        }
    }

    private async Task<SiloAddress> PlaceAsync(Message message)
    {
        while (true)
        {
            if (cluster.Placement.Choose(silo.Catalog.Classes[message.Target.Type].Placement, message.Target) is { } chosen)
            {
                return chosen;
            }

            // Nobody is active: somebody will be, or the caller stops waiting.
            if (cluster.Membership.IsDead || message.IsSettled)
            {
                throw new SiloUnavailableException($"No silo can take {message.Target}; the call was not run.");
            }

            await Task.Delay(Pause, silo.Time);
        }
    }

    private void Deliver(Message message, SiloAddress there)
    {
        if (there.Equals(cluster.Self))
        {
            silo.Catalog.Get(message.Target)!.Receive(message);
        }
        else
        {
            cluster.Wire.Send(there, message);
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
