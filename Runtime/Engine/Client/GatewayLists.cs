using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Client;

/// <summary>The gateways of the configuration.</summary>
internal sealed class StaticGateways(IOptions<StaticGatewayListProviderOptions> options, IOptions<GatewayOptions> gateways) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => false;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>(options.Value.Gateways);
}

/// <summary>The gateways of the silos that the membership table holds for active.</summary>
internal sealed class MembershipGateways(IMembershipTable table, IOptions<GatewayOptions> gateways) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => table.InitializeMembershipTable(tryInitTableVersion: false);

    public async Task<IList<Uri>> GetGateways() =>
    [
        .. (await table.ReadAll()).Members
            .Select(static row => row.Item1)
            .Where(static entry => entry is { Status: SiloStatus.Active, ProxyPort: > 0 })
            .Select(static entry => SiloAddress.New(entry.SiloAddress.Endpoint.Address, entry.ProxyPort, entry.SiloAddress.Generation).ToGatewayUri()),
    ];
}
