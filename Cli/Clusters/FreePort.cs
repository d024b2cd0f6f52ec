using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorShop.Cli.Clusters;

/// <summary>Ports of the loopback interface that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>Some address, all different. Somebody else may take one before it is used; then its process says so.</summary>
    public static string[] Addresses(int count)
    {
        var listeners = new TcpListener[count];
        try
        {
            for (var i = 0; i < count; i++)
            {
                listeners[i] = new TcpListener(IPAddress.Loopback, 0);
                listeners[i].Start();
            }

            return Array.ConvertAll(
                listeners, static listener => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        }
        finally
        {
            Array.ForEach(listeners, static listener => listener?.Dispose());
        }
    }
}
