namespace ActorShop.Catalog;

public static class CatalogGrainExtensions
{
    public static IProductGrain Product(this IGrainFactory grains, ProductId id) => grains.GetGrain<IProductGrain>(id.Value);

    public static ICategoryGrain Category(this IGrainFactory grains, string code) => grains.GetGrain<ICategoryGrain>($"category/{code}");

    public static IOfferGrain Offer(this IGrainFactory grains, Sku sku) => grains.GetGrain<IOfferGrain>($"offer/{sku.Value}");
}
