using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Networking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ActorShop.Runtime.Live;

/// <summary>The network as it is: who this process is to the others, and its transport.</summary>
internal static class LiveNetwork
{
    // Generations are quarters of a second since then: a process that is started again at once has another, until 2042.
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The transport of a silo with its endpoints.</summary>
    public static ITransport OfSilo(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        var address = options.AdvertisedIPAddress ?? OwnAddress(AddressFamily.InterNetwork);
        var generation = (int)((services.GetRequiredService<TimeProvider>().GetUtcNow() - Epoch).TotalSeconds * 4);
        var isAlone = services.GetService<Orleans.IMembershipTable>() is null;
        var gateway = options.GatewayListeningEndpoint ?? (options.GatewayPort > 0 ? new IPEndPoint(address, options.GatewayPort) : null);
        return Create(
            services,
            SiloAddress.New(address, options.SiloPort, generation),
            isAlone ? null : options.SiloListeningEndpoint ?? new IPEndPoint(address, options.SiloPort),
            gateway);
    }

    /// <summary>The transport of a client, which nobody can connect to.</summary>
    public static ITransport OfClient(IServiceProvider services)
    {
        var chance = services.GetRequiredService<Chance>().Fork("client");
        return Create(
            services,
            SiloAddress.New(OwnAddress(AddressFamily.InterNetwork), 1 + chance.Next(ushort.MaxValue), -1 - chance.Next(int.MaxValue)),
            silo: null,
            gateway: null);
    }

    /// <summary>An address by which other machines reach this one; the loopback's where there is none.</summary>
    public static IPAddress OwnAddress(AddressFamily family) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(static face => face.OperationalStatus == OperationalStatus.Up && face.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(static face => face.GetIPProperties().UnicastAddresses)
        .Select(static unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == family && !address.IsIPv6LinkLocal)
        ?? (family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback);

    /// <summary>The address of a host name.</summary>
    public static IPAddress AddressOf(string hostName, AddressFamily family) =>
        Dns.GetHostAddresses(hostName, family) is [var first, ..]
            ? first
            : throw new OrleansConfigurationException($"The host name {hostName} has no address of {family}.");

    private static TcpTransport Create(IServiceProvider services, SiloAddress self, IPEndPoint? silo, IPEndPoint? gateway)
    {
        var limits = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId;
        return new TcpTransport(
            new TcpPlace(self, cluster, silo, gateway, limits.MaxMessageHeaderSize + limits.MaxMessageBodySize),
            services.GetRequiredService<IOptions<NetworkOptions>>().Value,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<Chance>().Fork("network"),
            services.GetRequiredService<ILogger<TcpTransport>>());
    }
}
