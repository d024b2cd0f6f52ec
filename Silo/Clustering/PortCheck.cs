using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Checks that a member can listen at its ports, when its host starts and before it joins.</summary>
/// <remarks>
/// Orleans would not notice: its listeners share a port with those of other silos, so that each gets some of the connections of the other; and
/// a silo that joins at the address of one that lives has that one declared dead, as if it were its next life. Two that start at the same
/// moment are not told apart.
/// </remarks>
internal sealed class PortCheck(IOptions<EndpointOptions> endpoints) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Check(nameof(ShopClusterOptions.SiloEndpoint), endpoints.Value.SiloListeningEndpoint);
        Check(nameof(ShopClusterOptions.GatewayEndpoint), endpoints.Value.GatewayListeningEndpoint);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check(string setting, IPEndPoint? endpoint)
    {
        if (endpoint is null)
        {
            return;
        }

        using var probe = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(endpoint);
        }
        catch (SocketException refused)
        {
            throw new AddressInUseException($"The silo cannot listen at {endpoint} ({ShopClusterOptions.Section}:{setting}): {refused.Message}.", refused);
        }
    }
}
