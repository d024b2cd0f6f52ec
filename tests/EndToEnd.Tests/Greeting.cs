using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace ActorShop.EndToEnd;

/// <summary>The greeting of a real client of Orleans: after it, a silo accepts the connection on which a test then sends garbage.</summary>
/// <remarks>For the gateway only: the greeting of a silo names a silo, and both ports read what follows with the same code.</remarks>
internal static class Greeting
{
    /// <summary>Lets a client connect to a listener, and returns its first bytes.</summary>
    public static async Task<byte[]> RecordAsync(string clusterId, string serviceId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var host = Host.CreateDefaultBuilder()
            .UseOrleansClient(client => client
                .UseStaticClustering((IPEndPoint)listener.LocalEndpoint)
                .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, serviceId)))
            .Build();

        // It gets no answer and fails; only its greeting is needed.
        var starting = host.StartAsync(limit.Token);
        using var connection = await listener.AcceptTcpClientAsync(limit.Token);
        var length = new byte[4];
        await connection.GetStream().ReadExactlyAsync(length, limit.Token);
        var greeting = new byte[BitConverter.ToInt32(length)];
        await connection.GetStream().ReadExactlyAsync(greeting, limit.Token);
        await limit.CancelAsync();
        await starting.ContinueWith(static _ => { }, TaskScheduler.Default);
        return [.. length, .. greeting];
    }
}
