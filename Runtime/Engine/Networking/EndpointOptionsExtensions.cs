using System.Net;
using System.Net.Sockets;
using ActorShop.Runtime.Live;
using ActorShop.Runtime.Networking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Says where a silo listens.</summary>
public static class EndpointOptionsExtensions
{
    /// <summary>Listens for silos and for clients at this address.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="advertisedIP">The address that others are told.</param>
    /// <param name="siloPort">The port for silos.</param>
    /// <param name="gatewayPort">The port for clients; 0 for none.</param>
    /// <param name="listenOnAnyHostAddress">Whether it listens at all addresses of the machine.</param>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false)
    {
        Place(builder, advertisedIP, siloPort, gatewayPort, listenOnAnyHostAddress);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant<Runtime.ISiloLifecycle>, Gateway>());
        return builder;
    }

    /// <summary>Listens at an address of this machine that others can reach.</summary>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(LiveNetwork.OwnAddress(addressFamily), siloPort, gatewayPort, listenOnAnyHostAddress);

    /// <summary>Listens at the address of a host name.</summary>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        string hostname,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(LiveNetwork.AddressOf(hostname, addressFamily), siloPort, gatewayPort, listenOnAnyHostAddress);

    /// <summary>Sets the options alone: whether there is somebody to listen for is another matter.</summary>
    internal static void Place(ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress) =>
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = advertisedIP;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
            if (listenOnAnyHostAddress)
            {
                var any = advertisedIP.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
                options.SiloListeningEndpoint = new IPEndPoint(any, siloPort);
                options.GatewayListeningEndpoint = gatewayPort > 0 ? new IPEndPoint(any, gatewayPort) : null;
            }
        });
}
