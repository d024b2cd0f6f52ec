namespace ActorShop.Catalog;

/// <summary>A product: its description and its variants.</summary>
/// <remarks>
/// Keyed by <see cref="ProductId"/>. A change is acknowledged once it is durable; the offers of its SKUs are updated within moments,
/// or by the worker of due work if the silo stops before that.
/// </remarks>
[Alias("catalog.product")]
public interface IProductGrain : IResumable, IExternalIdHolder
{
    /// <summary>Creates or replaces the product. The same draft again changes nothing.</summary>
    /// <param name="draft">All of the product; variants not named are no longer offered.</param>
    /// <param name="expectedVersion">The expected version; 0 to create only; null for any.</param>
    /// <param name="dryRun">Answers as if, and changes nothing. A concurrent change may still refuse the request that follows.</param>
    [Alias("put")]
    Task<PutProductResult> PutAsync(ProductDraft draft, long? expectedVersion, bool dryRun = false);

    /// <summary>Removes the product from sale. It stays readable, and its SKUs stay its own.</summary>
    [Alias("archive")]
    Task<PutProductResult> ArchiveAsync(long? expectedVersion);

    [Alias("get"), ReadOnly]
    Task<ProductView?> GetAsync();

    /// <summary>Whether the product has or had a SKU, or is being written with it.</summary>
    [Alias("holds-sku"), AlwaysInterleave]
    Task<bool> HoldsSkuAsync(Sku sku);
}
