namespace ActorShop.Catalog;

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
