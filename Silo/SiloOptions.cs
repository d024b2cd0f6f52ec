using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo;

/// <summary>Where the silo listens.</summary>
/// <remarks>Its ports count where it is alone: the embedded engine then speaks to nobody, and Orleans listens on this machine alone.</remarks>
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

    /// <summary>Where a silo that is a process of its own says how it is.</summary>
    /// <value><c>127.0.0.1:8082</c>.</value>
    /// <remarks>Nothing here asks who is calling: leave it on an address that only operators reach.</remarks>
    [Required]
    public string Operators { get; set; } = "127.0.0.1:8082";

    /// <summary>How long readiness waits for the shop.</summary>
    /// <value>2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ReadinessBudget { get; set; } = TimeSpan.FromSeconds(2);
}
