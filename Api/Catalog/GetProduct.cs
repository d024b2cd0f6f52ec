using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class GetProduct
{
    public static void Map(IEndpointRouteBuilder products) => products
        .MapRead("/{id}", Problems.ProductNotFound, static (grains, id) => grains.Product(new ProductId(id)).GetAsync(), ProductResponse.Of)
        .WithSummary("Read a product")
        .WithDescription("`If-None-Match` with the current ETag answers 304. Archived products stay readable. Without an API key the answer may be up to 5 seconds old, as `Age` says; with a key, or with `Cache-Control: no-cache`, it is the latest.")
        .ShortlyCached()
        .CacheOutput(ProductCachePolicy.Name);
}
