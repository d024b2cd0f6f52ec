using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo;

/// <summary>Where the silo listens.</summary>
/// <remarks>The two Orleans ports are for a silo without a cluster, on the loopback interface only. Two shops on one machine need different ones.</remarks>
public sealed class SiloOptions
{
    public const string Section = "Silo";

    /// <summary>The port for other silos.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 11_111;

    /// <summary>The port for clients in other processes.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The operators' address of a silo in its own process: health and dashboard.</summary>
    /// <remarks>Health is not authenticated: use an address that only operators reach.</remarks>
    [Required]
    public string Operators { get; set; } = "127.0.0.1:8082";
}
