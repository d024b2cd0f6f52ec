using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace ActorShop.Runtime.Client;

/// <summary>Whether this client can reach its cluster.</summary>
internal sealed class GatewayHealth(ClientConnections connections) : IHealthCheckParticipant
{
    /// <inheritdoc/>
    public bool CheckHealth(DateTime lastCheckTime, [NotNullWhen(false)] out string? reason)
    {
        reason = connections.Live.Count > 0 ? null : "No gateway of the cluster is connected.";
        return reason is null;
    }
}
