using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Clustering;

/// <summary>Looks whether a silo can listen where it is told to, when its host starts and before it joins.</summary>
/// <remarks>
/// Orleans would not notice: its listeners share a port with other silos of Orleans, so that each gets some of the connections of the other; and
/// a silo that joins at the address of one that lives has that one declared dead, as if it were its next life. Two that start at the same
/// moment are not told apart.
/// </remarks>
internal sealed class PortCheck(IOptions<ShopClusterOptions> options) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Check(nameof(ShopClusterOptions.SiloEndpoint), options.Value.SiloEndpoint);
        Check(nameof(ShopClusterOptions.GatewayEndpoint), options.Value.GatewayEndpoint);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check(string setting, string endpoint)
    {
        var at = IPEndPoint.Parse(endpoint);
        using var probe = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(at);
        }
        catch (SocketException refused)
        {
            throw new AddressInUseException($"The silo cannot listen at {endpoint} ({ShopClusterOptions.Section}:{setting}): {refused.Message}.", refused);
        }
    }
}
