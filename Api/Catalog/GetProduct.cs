using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class GetProduct
{
    public static void Map(IEndpointRouteBuilder products) => products.MapGet("/{id}", HandleAsync)
        .WithSummary("Read a product")
        .WithDescription("`If-None-Match` with the current ETag answers 304. Archived products stay readable. Without an API key the answer may be up to 5 seconds old, as `Age` says; with a key, or with `Cache-Control: no-cache`, it is the latest.")
        .CacheOutput(ProductCachePolicy.Name)
        .Refuses(Problems.ProductNotFound);

    private static async Task<Results<Ok<ProductResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string id, HttpContext http, IGrainFactory grains)
    {
        var product = await grains.Product(new ProductId(id)).GetAsync();
        http.Response.Headers.CacheControl = CatalogEndpoints.ShortCache;
        return http.Render(product, static product => product.Version, ProductResponse.Of, Problems.ProductNotFound);
    }
}
