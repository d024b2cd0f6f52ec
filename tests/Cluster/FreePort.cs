using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorShop.Cluster;

/// <summary>Ports of the loopback interface that nobody listens on.</summary>
internal static class FreePort
{
    // Below those that the system gives to whoever connects somewhere: such a port would be taken by somebody's connection before the process
    // that it is for has started.
    private const int First = 12_000;
    private const int End = 32_000;

    /// <summary>Some address, all different. Somebody else may take one before it is used; then its process says so.</summary>
    public static string[] Addresses(int count)
    {
        var listeners = new List<TcpListener>(count);
        try
        {
            while (listeners.Count < count)
            {
                if (TryListen(Random.Shared.Next(First, End)) is { } listener)
                {
                    listeners.Add(listener);
                }
            }

            return
            [
                .. listeners.Select(static listener =>
                    string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")),
            ];
        }
        finally
        {
            listeners.ForEach(static listener => listener.Dispose());
        }
    }

    private static TcpListener? TryListen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            // Somebody is there.
            listener.Dispose();
            return null;
        }
    }
}
