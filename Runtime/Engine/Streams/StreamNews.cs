using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Streams;

/// <summary>Tells the silos that the subscriptions of a stream have changed. Safe from any thread.</summary>
internal sealed class StreamNews(SiloRuntime silo)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What forgets the subscriptions of a stream, named by its grain: the providers of this silo.</summary>
    public Action<GrainId>? Changed { get; set; }

    /// <summary>The subscriptions of a stream have changed, as whoever has changed them says.</summary>
    public void OnChanged(GrainId stream) => Changed?.Invoke(stream);

    /// <summary>Tells all; completes when each living silo has heard it.</summary>
    /// <remarks>One that does not answer and is not declared dead either reads the list again by itself within a minute.</remarks>
    public Task TellAsync(GrainId stream)
    {
        OnChanged(stream);
        return silo.Cluster is { } cluster ? cluster.Turns.RunAsync(() => TellOthersAsync(cluster, stream)) : Task.CompletedTask;
    }

    private async Task TellOthersAsync(SiloCluster cluster, GrainId stream)
    {
        foreach (var telling in cluster.Membership.View.Living
            .Where(other => !other.Equals(cluster.Self))
            .Select(other => TellOtherAsync(cluster, other, stream))
            .ToArray())
        {
            await telling;
        }
    }

    private async Task TellOtherAsync(SiloCluster cluster, SiloAddress other, GrainId stream)
    {
        var started = silo.Time.GetTimestamp();
        while (cluster.Membership.View.IsLiving(other)
            && !cluster.Membership.IsDead
            && silo.Time.GetElapsedTime(started) < Patience
            && await cluster.Link.AskAsync(other, new SystemMessage(SystemKind.Subscriptions) { Grain = stream }, Again) is null)
        {
            // It is asked again until it is known to be gone.
        }
    }
}
