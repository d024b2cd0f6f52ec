using System.Net;
using ActorShop.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace ActorShop.Storage.Postgres;

/// <summary>A silo of Microsoft Orleans whose own ADO.NET providers keep membership and states in a database of ours.</summary>
internal static class OrleansHost
{
    private const string Invariant = "Npgsql";

    public static Task<IHost> StartSiloAsync(string connectionString)
    {
        var ports = FreePort.Addresses(2).Select(static address => IPEndPoint.Parse(address).Port).ToArray();
        return StartAsync(builder => builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(Name)
            .ConfigureEndpoints(IPAddress.Loopback, ports[0], ports[1])
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connectionString))
            .AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString) = (Invariant, connectionString))));
    }

    public static Task<IHost> StartClientAsync(string connectionString) => StartAsync(builder => builder.UseOrleansClient(client => client
        .Configure<ClusterOptions>(Name)
        .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connectionString))));

    private static void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = ("orleans", "shop");

    private static async Task<IHost> StartAsync(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        configure(builder);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
