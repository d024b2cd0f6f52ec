using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorShop.Benchmarks;

/// <summary>Two silos of one cluster, in this process, with sockets between them.</summary>
internal static class TwoSilos
{
    private const int SiloPort = 11_121;
    private const int GatewayPort = 30_021;

    public static IHost Build(int index)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(
            SiloPort + index, GatewayPort + index, new IPEndPoint(IPAddress.Loopback, SiloPort)));
        return builder.Build();
    }
}
