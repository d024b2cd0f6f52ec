namespace ActorShop.Chaos.Network;

/// <summary>The links of one process.</summary>
/// <param name="Database">From the process to the database.</param>
/// <param name="Silo">From other silos to a silo; null for other roles.</param>
/// <param name="Gateway">From clients to the gateway of a silo; null for other roles.</param>
internal sealed record MemberLinks(FaultProxy Database, FaultProxy? Silo, FaultProxy? Gateway)
{
    /// <summary>All links.</summary>
    public IEnumerable<FaultProxy> All => new[] { Database, Silo, Gateway }.OfType<FaultProxy>();
}
