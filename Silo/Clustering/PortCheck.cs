using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Checks that a member can listen at its ports before it joins.</summary>
/// <remarks>
/// Orleans does not: its listeners share a port with those of other silos, so that each gets some connections of the other, and a silo that joins
/// at the address of a living one declares that one dead. The check does not detect two silos that start at the same moment.
/// </remarks>
internal sealed class PortCheck(IOptions<EndpointOptions> endpoints) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        FreePort.Ensure($"{ShopClusterOptions.Section}:{nameof(ShopClusterOptions.SiloEndpoint)}", endpoints.Value.SiloListeningEndpoint);
        FreePort.Ensure($"{ShopClusterOptions.Section}:{nameof(ShopClusterOptions.GatewayEndpoint)}", endpoints.Value.GatewayListeningEndpoint);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
