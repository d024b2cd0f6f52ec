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

/// <summary>A category of products. Keyed by its code.</summary>
[Alias("catalog.category")]
public interface ICategoryGrain : IGrainWithStringKey
{
    /// <summary>Creates the category or changes its name.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="expectedVersion">The version the caller saw; 0 to create only; null to not care.</param>
    [Alias("put")]
    Task<PutCategoryResult> PutAsync(string name, long? expectedVersion);

    /// <summary>Takes the category out of the shop's lists.</summary>
    [Alias("archive")]
    Task<PutCategoryResult> ArchiveAsync(long? expectedVersion);

    /// <summary>The category as committed; null for one that was never created.</summary>
    [Alias("get"), ReadOnly]
    Task<CategoryView?> GetAsync();
}

/// <summary>What a SKU sells for, and as what: the cart's way from a SKU to a price. Keyed by the SKU.</summary>
[Alias("catalog.offer")]
public interface IOfferGrain : IGrainWithStringKey
{
    /// <summary>Claims the SKU for a product before the product is written: a SKU that was offered belongs to one product for ever.</summary>
    /// <remarks>
    /// A product that was refused after all, or whose silo stopped before it was written, holds nothing: whoever wants the SKU next is
    /// given it, after the holder was asked.
    /// </remarks>
    /// <returns>The product that holds the SKU: the first that claimed it and has it still.</returns>
    [Alias("claim")]
    Task<ProductId> ClaimAsync(ProductId product);

    /// <summary>Takes over what the product says of the SKU. An older version than the one held, or another product's word, changes nothing.</summary>
    [Alias("set")]
    Task SetAsync(Offer offer);

    /// <summary>The offer; null where the SKU is not offered and never was.</summary>
    [Alias("get"), ReadOnly]
    Task<Offer?> GetAsync();
}
