using ActorShop.Runtime.Directory;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Activations;

/// <summary>How an activation becomes the one of its grain in a cluster.</summary>
internal sealed partial class Activation
{
    /// <summary>Another activation is the one of the grain: this one ends as soon as it can. Safe from any thread.</summary>
    public void Lose(SiloAddress winner) => Post(new LostItem(winner));

    private async Task RegisterAsync(SiloCluster cluster, Message first)
    {
        Entrance entered;
        try
        {
            entered = await cluster.Turns.RunAsync(() => cluster.Directory.RegisterAsync(this));
        }
        catch (Exception exception)
        {
            foreach (var waiting in TakeWaiting())
            {
                waiting.TryReject(new Rejection(RejectionKind.Unavailable, exception.Message));
            }

            Vanish();
            return;
        }

        if (!entered.IsHere)
        {
            Extra.Winner = entered.Winner;
            Vanish();
            SettleAfterTurn();
            return;
        }

        _stage = Stage.Activating;
        BeginActivation(first);
        if (_stage == Stage.Valid && _extras?.EndAfterActivation is { } end)
        {
            BeginEnd(end);
        }

        SettleAfterTurn();
    }

    private void OnLost(SiloAddress winner)
    {
        Extra.Winner = winner;
        BeginEnd(new EndItem(
            new(DeactivationReasonCode.DuplicateActivation, "The grain is active in another silo of the cluster."), idleSince: null));
    }
}
