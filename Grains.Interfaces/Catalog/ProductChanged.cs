namespace ActorShop.Catalog;

/// <summary>An event on the catalogue stream: a product was created, replaced or archived.</summary>
/// <remarks>
/// The stream is in memory: an event can be lost, or come twice. It is for caches that expire anyway, never for decisions.
/// </remarks>
[GenerateSerializer, Immutable, Alias("catalog.product-changed")]
public sealed record ProductChanged(ProductId Product, long Version)
{
    public const string Provider = "catalogue";

    public const string Namespace = "catalogue";

    /// <summary>The key of the stream: one for all products.</summary>
    public const string Key = "products";
}
