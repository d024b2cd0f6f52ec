using System.Diagnostics.CodeAnalysis;
using ActorShop.Runtime.Hosting;
using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>Whether this silo may answer: a member of its cluster, and with a lease that has not lapsed.</summary>
internal sealed class LeaseHealth(SiloRuntime silo) : IHealthCheckParticipant
{
    /// <inheritdoc/>
    public bool CheckHealth(DateTime lastCheckTime, [NotNullWhen(false)] out string? reason)
    {
        reason = silo.Cluster?.Membership switch
        {
            null => null,
            { IsDead: true } => "The membership table says that this silo is dead.",
            { Lease.IsValid: false } => "This silo has no valid lease: it could not renew it in the membership table, and answers nothing until it has.",
            var membership when membership.View.StatusOf(membership.Self) is not SiloStatus.Active and var status =>
                $"This silo takes nothing new: it is {status}.",
            _ => null,
        };
        return reason is null;
    }
}
