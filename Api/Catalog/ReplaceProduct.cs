using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class ReplaceProduct
{
    public static void Map(IEndpointRouteBuilder products) => products
        .MapPut("/{id}", static async (string id, ProductRequest request, IfMatch ifMatch, Query<DryRun> query, HttpContext http, IGrainFactory grains) =>
            ifMatch.IsAny && await grains.Product(new ProductId(id)).GetAsync() is null
                ? new Problem(Problems.ProductNotFound)
                : (await grains.Product(new ProductId(id)).PutAsync(request.ToDraft(), ifMatch.Version, query.Value.IsDry))
                    .Render(http))
        .WithSummary("Replace a product")
        .WithDescription(
            "Replaces every member. Variants that are left out are no longer for sale. `If-Match` is required. With `If-None-Match: *` "
            + "instead, the product is created under the id in the path.")
        .RequiresIfMatch()
        .AllowsDryRun()
        .Refuses(
            Problems.ProductNotFound, Problems.VersionMismatch, Problems.SkuTaken, Problems.ExternalIdTaken, Problems.UnknownCategory);
}
