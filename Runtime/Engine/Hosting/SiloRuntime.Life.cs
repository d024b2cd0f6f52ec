using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Hosting;

/// <summary>How a silo starts and stops.</summary>
internal sealed partial class SiloRuntime
{
    private ITimer? _collector;

    /// <summary>Joins the cluster, if there is one, and opens the gate. The stages of the lifecycle say when.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Filters may ask for the grain factory, which asks for this silo: so they are made once it is there.
        if (Services.GetServices<IIncomingGrainCallFilter>().ToArray() is { Length: > 0 } incoming)
        {
            IncomingFilters = new(incoming);
        }

        if (Services.GetServices<IOutgoingGrainCallFilter>().ToArray() is { Length: > 0 } outgoing)
        {
            OutgoingFilters = outgoing;
        }

        Calls.Start();
        _collector = Time.CreateTimer(
            static self => ((SiloRuntime)self!).Collect(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
        if (Cluster is null)
        {
            _gate.Open();
            return;
        }

        // Grains are placed here as soon as the others know that this silo is active, so it is open by then.
        _gate.OpenToGrains();
        await Cluster.StartAsync(cancellationToken);
        _gate.Open();
    }

    /// <summary>Lets nobody in, lets running calls end, ends the activations. Each step within its bound.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _gate.CloseToOthers();
        if (Cluster is { Membership.IsDead: true } dead)
        {
            // The others have taken over: whatever ran here comes to nothing, and would only get in their way.
            _gate.Close();
            await dead.LeaveAsync(cancellationToken);
            Dispose();
            return;
        }

        if (Cluster is not null)
        {
            await Cluster.BeginLeavingAsync(cancellationToken);
        }
        else
        {
            await DrainAsync(cancellationToken);
        }

        try
        {
            await Catalog.DeactivateAllAsync(
                new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStopTimedOut(Catalog.Count);
        }

        if (Cluster is not null)
        {
            // What was sent here on the word of an older view is still answered, or sent back to be sent elsewhere.
            await Cluster.SealAsync(cancellationToken);
            await Task.Delay(Limits.LeaveLinger, Time, CancellationToken.None);
            await DrainAsync(cancellationToken);
            await Cluster.LeaveAsync(cancellationToken);
        }

        _gate.Close();
        Dispose();
        Calls.FailAll(static message => new SiloUnavailableException($"The silo stopped before it answered {message}."));
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limits.DrainTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (Calls.Count > 0 && !either.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), Time, either.Token);
            }
            catch (OperationCanceledException)
            {
                LogDrainGivenUp(Calls.Count);
            }
        }
    }

    private void Collect()
    {
        if (Catalog.Collect(Calls.Now) is > 0 and var count)
        {
            LogCollected(count);
        }
    }
}
