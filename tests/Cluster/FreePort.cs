using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorShop.Cluster;

/// <summary>Free ports of the loopback interface.</summary>
internal static class FreePort
{
    // Below the ephemeral ports of the system: an outgoing connection could take such a port before the process has started.
    private const int First = 12_000;
    private const int End = 32_000;

    // A port that was given to one test is free until its process listens, and must not be given to another meanwhile.
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>Different free addresses, each given once. A process that does not ask here may take one before it is used.</summary>
    public static string[] Addresses(int count)
    {
        var listeners = new List<TcpListener>(count);
        try
        {
            while (listeners.Count < count)
            {
                if (Random.Shared.Next(First, End) is var port && Given.TryAdd(port, true) && TryListen(port) is { } listener)
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
            // The port is in use.
            listener.Dispose();
            return null;
        }
    }
}
