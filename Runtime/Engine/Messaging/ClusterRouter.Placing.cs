using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Placement;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <content>Where grains are placed, and which silos can run which calls.</content>
/// <remarks>
/// A silo runs calls of callers that were built with the version of an interface that it has, or with an older one. A call that is newer than the
/// activation which it meets ends that activation, and is run where it can be; the older callers follow.
/// </remarks>
internal sealed partial class ClusterRouter
{
    private readonly Displacements _displaced = new(silo.Time);

    // Belongs to the turns of the cluster.
    private readonly Dictionary<GrainId, List<Message>> _lines = [];

    /// <summary>Whether a grain has left this silo for another, and must not come back at once.</summary>
    public bool IsUnwanted(GrainId grain) => _displaced.TryGet(grain, out _) && silo.Catalog.Find(grain) is null;

    private bool MayBeginHere(Message message) =>
        silo.Interfaces.Meets(message.Demand)
        && !_displaced.TryGet(message.Target, out _)
        && silo.Catalog.Classes.ContainsKey(message.Target.Type);

    private static OrleansMessageRejectionException NobodyCompatible(Message message) => new(
        $"No active silo is compatible with {message}, which needs the grain's class"
        + $"{(message.Demand.Version == 0 ? "" : $" and version {message.Demand.Version} of the interface")}; it was not run.");

    private PlacementKind? FindKind(GrainType type) => silo.Catalog.Classes.TryGetValue(type, out var known)
        ? known.IsStatelessWorker ? PlacementKind.StatelessWorker : SiloPlacement.KindOf(known.Placement)
        : cluster.Grains.Foreign(type)?.Placement;

    private void ReceiveHere(IAddressee here, Message message)
    {
        if (message.Demand.Version == 0 || silo.Interfaces.Meets(message.Demand) || ObserverHost.IsObserver(message.Target))
        {
            here.Receive(message);
        }
        else if (here is Activation)
        {
            cluster.Turns.Begin(() => DisplaceAsync(message));
        }
        else
        {
            cluster.Turns.Begin(() => SendToOtherWorkerAsync(message));
        }
    }

    private Task DisplaceAsync(Message message)
    {
        if (silo.Catalog.Find(message.Target) is not Activation activation)
        {
            Route(message);
        }
        else if (cluster.Grains.Compatible(message.Target.Type, message.Demand).Count == 0)
        {
            // To end the activation would help nobody.
            if (cluster.Grains.IsComplete)
            {
                message.TryFail(NobodyCompatible(message));
            }
            else
            {
                RouteLater(message);
            }
        }
        else
        {
            _displaced.Add(message.Target, message.Demand);
            activation.Deactivate(new(
                DeactivationReasonCode.IncompatibleRequest, $"{message} needs version {message.Demand.Version} of the interface."));
            activation.Receive(message);
        }

        return Task.CompletedTask;
    }

    private void SendToWorker(Message message)
    {
        if (MayBeginHere(message))
        {
            silo.Catalog.Get(message.Target)!.Receive(message);
        }
        else
        {
            cluster.Turns.Begin(() => SendToOtherWorkerAsync(message));
        }
    }

    private async Task SendToOtherWorkerAsync(Message message)
    {
        if (await PlaceAsync([message], PlacementKind.StatelessWorker) is { } there)
        {
            Deliver(message, there);
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
            var there = await cluster.Directory.LocateAsync(message.Target)
                ?? await PlaceAsync(line, FindKind(message.Target.Type) ?? PlacementKind.Default);
            _lines.Remove(message.Target);
            if (there is null)
            {
                return;
            }

            cluster.Directory.Remember(message.Target, there);
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

    // A silo that can run all calls that wait, or as many as can be run; null where none is left that waits.
    private async Task<SiloAddress?> PlaceAsync(List<Message> line, PlacementKind kind)
    {
        while (line.Where(static waiting => !waiting.IsSettled).MaxBy(static waiting => waiting.Demand.Version) is { } newest)
        {
            var silos = CompatibleWith(newest);
            if (silos.Count > 0)
            {
                return cluster.Placement.Choose(kind, newest.Target, silos);
            }

            if (cluster.Membership.IsDead)
            {
                throw new SiloUnavailableException($"No silo can take {newest.Target}; the call was not run.");
            }

            if (cluster.Grains.IsComplete && cluster.Membership.View.Active.Count > 0)
            {
                newest.TryFail(NobodyCompatible(newest));
                continue;
            }

            // Nobody is active, or somebody has not said yet what it has: it will, or the caller stops waiting.
            await Task.Delay(Pause, silo.Time);
        }

        return null;
    }

    private IReadOnlyList<SiloAddress> CompatibleWith(Message message)
    {
        var silos = cluster.Grains.Compatible(message.Target.Type, message.Demand);
        if (!_displaced.TryGet(message.Target, out var demand))
        {
            return silos;
        }

        var others = cluster.Grains.Compatible(message.Target.Type, demand);
        SiloAddress[] both = [.. silos.Where(others.Contains)];
        if (both.Length > 0)
        {
            return both;
        }

        // Those for whose sake it left are gone.
        _displaced.Remove(message.Target);
        return silos;
    }
}
