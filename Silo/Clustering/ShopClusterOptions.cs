using System.ComponentModel.DataAnnotations;
using System.Net;
using Npgsql;

namespace ActorShop.Silo.Clustering;

/// <summary>The cluster that a silo or an API joins. Without a connection string, the shop is one silo in one process.</summary>
public sealed class ShopClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>The database of the members and of the shop: an Npgsql connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The name of the cluster.</summary>
    /// <remarks>A database refuses a silo while silos of another cluster use it.</remarks>
    [Required]
    public string ClusterId { get; set; } = "shop";

    /// <summary>The owner of the data. A database refuses another one.</summary>
    [Required]
    public string ServiceId { get; set; } = "actorshop";

    /// <summary>How an API joins. A silo is always a member.</summary>
    /// <value><see cref="ClusterRole.Member"/>.</value>
    public ClusterRole Role { get; set; }

    /// <summary>Where a member listens for the other members.</summary>
    /// <value><c>127.0.0.1:11111</c> for a silo and <c>127.0.0.1:11112</c> for an API: this machine only.</value>
    /// <remarks>Unauthenticated without TLS: restrict access with a network policy, or set up TLS.</remarks>
    public string? SiloEndpoint { get; set; }

    /// <summary>Where a silo listens for external clients.</summary>
    [Required]
    public string GatewayEndpoint { get; set; } = "127.0.0.1:30000";

    /// <summary>The IP address by which the other members reach this one.</summary>
    /// <value>
    /// The address of <see cref="SiloEndpoint"/>; if that is <c>0.0.0.0</c>, the machine's own. Never the address of a load balancer: a call is
    /// for one member.
    /// </value>
    public string? AdvertisedAddress { get; set; }

    /// <summary>How long a starting process waits for the database, and an API for the first silo.</summary>
    /// <remarks>A longer time lets slow processes start in any order. A shorter one reports a wrong setting sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromMinutes(1);

    public ClusterTlsOptions Tls { get; set; } = new();

    /// <summary>The cluster of a configuration; null if there is none.</summary>
    internal static ShopClusterOptions? Of(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<ShopClusterOptions>() is { ConnectionString.Length: > 0 } cluster ? cluster : null;

    internal IPEndPoint SiloAt() => IPEndPoint.Parse(SiloEndpoint ?? "127.0.0.1:11111");

    internal IPEndPoint ApiAt() => IPEndPoint.Parse(SiloEndpoint ?? "127.0.0.1:11112");

    /// <summary>The first invalid value; null if there is none.</summary>
    internal string? Check() => Tls.Check() ?? this switch
    {
        { SiloEndpoint: not null } when !IPEndPoint.TryParse(SiloEndpoint, out var silo) || silo.Port == 0 =>
            $"{Section}:{nameof(SiloEndpoint)} must be an IP address and a port, such as 10.0.0.5:11111, not '{SiloEndpoint}'.",
        _ when !IPEndPoint.TryParse(GatewayEndpoint, out var gateway) || gateway.Port == 0 =>
            $"{Section}:{nameof(GatewayEndpoint)} must be an IP address and a port, such as 10.0.0.5:30000, not '{GatewayEndpoint}'.",
        { AdvertisedAddress.Length: > 0 } when !IPAddress.TryParse(AdvertisedAddress, out _) =>
            $"{Section}:{nameof(AdvertisedAddress)} must be an IP address, not '{AdvertisedAddress}'.",
        _ => null,
    } ?? Check(ConnectionString);

    private static string? Check(string? connectionString)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
            return null;
        }
        catch (ArgumentException invalid)
        {
            return $"{Section}:{nameof(ConnectionString)} is invalid: {invalid.Message}";
        }
    }
}
