namespace ActorShop.Catalog;

/// <summary>The name and the prices of a SKU, as carts read them. Keyed by the SKU.</summary>
[Alias("catalog.offer")]
public interface IOfferGrain : IGrainWithStringKey
{
    /// <summary>Claims the SKU for a product before the product is written. A SKU that was offered stays with its product.</summary>
    /// <remarks>
    /// A product that was refused after all, or whose silo stopped before it was written, holds nothing: the next claim asks it and
    /// gets the SKU.
    /// </remarks>
    /// <returns>The product that holds the SKU: the first one that claimed it and still has it.</returns>
    [Alias("claim")]
    Task<ProductId> ClaimAsync(ProductId product);

    /// <summary>Stores the product's offer. An older version, or the offer of another product, changes nothing.</summary>
    [Alias("set")]
    Task SetAsync(Offer offer);

    [Alias("get"), ReadOnly]
    Task<Offer?> GetAsync();
}
