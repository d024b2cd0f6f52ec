using System.Net;
using ActorShop.Runtime.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorShop.Benchmarks;

/// <summary>Two silos of one cluster, in this process, with sockets between them.</summary>
internal static class TwoSilos
{
    private const int SiloPort = 11_121;
    private const int GatewayPort = 30_021;

    private static readonly InMemoryMembershipTable Table = new();

    /// <summary>One of them.</summary>
    public static IHost Build(int index)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IMembershipTable>(Table);
        builder.UseOrleans(silo => silo.ConfigureEndpoints(IPAddress.Loopback, SiloPort + index, GatewayPort + index));
        return builder.Build();
    }
}
