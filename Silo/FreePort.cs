using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace ActorShop.Silo;

/// <summary>Checks that a process can listen at an address.</summary>
public static class FreePort
{
    /// <param name="setting">The setting that names the address.</param>
    /// <param name="endpoint">The address; null for none.</param>
    /// <exception cref="AddressInUseException">The address is taken or not one of this machine.</exception>
    public static void Ensure(string setting, IPEndPoint? endpoint)
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
            throw new AddressInUseException($"Cannot listen at {endpoint} ({setting}): {refused.Message}.", refused);
        }
    }
}
