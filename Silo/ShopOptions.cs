namespace ActorShop.Silo;

/// <summary>What a shop begins with.</summary>
public sealed class ShopOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Shop";

    /// <summary>Whether a small catalogue of the project's own is brought to a shop that has none.</summary>
    /// <value>Where the shop is one process, true; in a cluster, which is somebody's shop, false.</value>
    public bool? SampleCatalogue { get; set; }
}
