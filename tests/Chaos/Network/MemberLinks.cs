namespace ActorShop.Chaos.Network;

/// <summary>The links of one process.</summary>
/// <param name="Database">From the process to the database.</param>
/// <param name="Silo">From the other members of the cluster to the process.</param>
/// <param name="Gateway">From external clients to a silo; null for an API.</param>
internal sealed record MemberLinks(FaultProxy Database, FaultProxy Silo, FaultProxy? Gateway)
{
    /// <summary>All links.</summary>
    public IEnumerable<FaultProxy> All => new[] { Database, Silo, Gateway }.OfType<FaultProxy>();
}
