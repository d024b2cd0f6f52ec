namespace ActorShop.Chaos.Network;

internal sealed record MemberLinks(FaultProxy Database, FaultProxy Silo, FaultProxy? Gateway)
{
    public IEnumerable<FaultProxy> All => new[] { Database, Silo, Gateway }.OfType<FaultProxy>();
}
