using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo;

/// <summary>Where the silo listens, on the engine that does.</summary>
/// <remarks>The embedded engine's one silo speaks to nobody outside its process; Orleans listens on this machine alone.</remarks>
public sealed class SiloOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Silo";

    /// <summary>The port for other silos.</summary>
    /// <value>11111.</value>
    /// <remarks>Two shops on one machine need two.</remarks>
    [Range(1, 65_535)]
    public int Port { get; set; } = 11_111;

    /// <summary>The port for clients in other processes.</summary>
    /// <value>30000.</value>
    /// <remarks>Two shops on one machine need two.</remarks>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;
}
