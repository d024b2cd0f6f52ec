using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class ReplaceProduct
{
    public static void Map(IEndpointRouteBuilder products) => products.MapPut("/{id}", HandleAsync)
        .WithSummary("Replace a product")
        .WithDescription(
            "Replaces every member. Variants that are left out are no longer for sale. `If-Match` is required. With `If-None-Match: *` "
            + "instead, the product is created under the id in the path.")
        .RequiresIfMatch()
        .Refuses(
            Problems.ProductNotFound, Problems.VersionMismatch, Problems.SkuTaken, Problems.ExternalIdTaken, Problems.UnknownCategory);

    private static async Task<Results<Created<ProductResponse>, Ok<ProductResponse>, Problem>> HandleAsync(
        string id, ProductRequest request, IfMatch ifMatch, HttpContext http, IGrainFactory grains)
    {
        var product = grains.Product(new ProductId(id));
        if (ifMatch.IsAny && await product.GetAsync() is null)
        {
            return new Problem(Problems.ProductNotFound);
        }

        return (await product.PutAsync(request.ToDraft(), ifMatch.Version)).Render(http);
    }
}
