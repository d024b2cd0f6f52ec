using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo;

public sealed class ShopOptions
{
    public const string Section = "Shop";

    /// <summary>Whether an empty shop gets a small sample catalogue. The process is ready once it is imported.</summary>
    /// <value>True for a shop in one process in Development, otherwise false.</value>
    /// <remarks>A silo imports it. An API only waits for it.</remarks>
    public bool? SampleCatalogue { get; set; }

    /// <summary>How long a readiness check waits for the shop.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ReadinessTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
