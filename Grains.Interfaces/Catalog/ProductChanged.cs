namespace ActorShop.Catalog;

/// <summary>An event on the catalogue stream: a product was created, replaced or archived.</summary>
/// <remarks>
/// The stream is in memory: an event can be lost, or come twice. It is for caches that expire anyway, never for decisions.
/// </remarks>
/// <param name="Product">The product.</param>
/// <param name="Version">Its version since.</param>
[GenerateSerializer, Immutable, Alias("catalog.product-changed")]
public sealed record ProductChanged(ProductId Product, long Version)
{
    /// <summary>The name of the stream provider.</summary>
    public const string Provider = "catalogue";

    /// <summary>The namespace of the stream.</summary>
    public const string Namespace = "catalogue";

    /// <summary>The key of the stream: one for all products.</summary>
    public const string Key = "products";
}
