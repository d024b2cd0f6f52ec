namespace ActorShop.Catalog;

/// <summary>A product: what it is called, what it is like, and the variants under which it is sold.</summary>
/// <remarks>
/// Keyed by <see cref="ProductId"/>. A change is acknowledged once it is durable; the offers of its SKUs follow it within moments,
/// and by the index of due work if the silo stops in between.
/// </remarks>
[Alias("catalog.product")]
public interface IProductGrain : IResumable
{
    /// <summary>Creates the product or replaces what it says. Saying the same again changes nothing.</summary>
    /// <param name="draft">All of the product; variants not named are no longer offered.</param>
    /// <param name="expectedVersion">The version the caller saw; 0 to create only; null to not care.</param>
    [Alias("put")]
    Task<PutProductResult> PutAsync(ProductDraft draft, long? expectedVersion);

    /// <summary>Takes the product out of the shop. It stays readable, and its SKUs stay its own.</summary>
    [Alias("archive")]
    Task<PutProductResult> ArchiveAsync(long? expectedVersion);

    /// <summary>The product as committed; null for one that was never created.</summary>
    [Alias("get"), ReadOnly]
    Task<ProductView?> GetAsync();

    /// <summary>Whether the product has an external id, or is being written with it.</summary>
    [Alias("holds-external-id"), AlwaysInterleave]
    Task<bool> HoldsExternalIdAsync(string externalId);

    /// <summary>Whether the product has a SKU, had it once, or is being written with it.</summary>
    [Alias("holds-sku"), AlwaysInterleave]
    Task<bool> HoldsSkuAsync(Sku sku);
}
