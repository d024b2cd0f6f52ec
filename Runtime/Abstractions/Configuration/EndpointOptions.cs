using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo listens, and what it tells the others about that.</summary>
public class EndpointOptions
{
    /// <summary>The port for silos where none is stated.</summary>
    public const int DEFAULT_SILO_PORT = 11_111;

    /// <summary>The port for clients where none is stated.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30_000;

    /// <summary>The address by which others reach the silo; null lets the silo find out.</summary>
    public IPAddress? AdvertisedIPAddress { get; set; }

    /// <summary>The port for silos.</summary>
    /// <value>11111.</value>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The port for clients; 0 for none.</summary>
    /// <value>30000.</value>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>Where it listens for silos; null is the advertised address and port.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Where it listens for clients; null is the advertised address and port.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
