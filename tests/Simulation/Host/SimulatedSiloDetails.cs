using System.Collections.Immutable;

namespace ActorShop.Simulation;

/// <summary>Who a silo is, and a membership of itself alone, from which Orleans makes its manifest of grain classes.</summary>
internal sealed class SimulatedSiloDetails(string name, SiloAddress address) : ILocalSiloDetails, IClusterMembershipService
{
    public string Name => name;

    public string ClusterId => "simulated";

    public string DnsHostName => name;

    public SiloAddress SiloAddress => address;

    public SiloAddress GatewayAddress => address;

#pragma warning disable RS0030 // One entry has one order.
    public ClusterMembershipSnapshot CurrentSnapshot { get; } = new(
        ImmutableDictionary<SiloAddress, ClusterMember>.Empty.Add(address, new ClusterMember(address, SiloStatus.Active, name)), new MembershipVersion(1));
#pragma warning restore RS0030

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException("The simulated membership of a silo never changes.");

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => default;

    public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);
}
