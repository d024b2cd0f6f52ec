namespace ActorShop.Catalog;

/// <summary>Addresses products, categories and offers.</summary>
public static class CatalogGrainExtensions
{
    /// <summary>The product with an id.</summary>
    public static IProductGrain Product(this IGrainFactory grains, ProductId id) => grains.GetGrain<IProductGrain>(id.Value);

    /// <summary>The category with a code.</summary>
    public static ICategoryGrain Category(this IGrainFactory grains, string code) => grains.GetGrain<ICategoryGrain>($"category/{code}");

    /// <summary>The offer of a SKU.</summary>
    public static IOfferGrain Offer(this IGrainFactory grains, Sku sku) => grains.GetGrain<IOfferGrain>($"offer/{sku.Value}");
}
