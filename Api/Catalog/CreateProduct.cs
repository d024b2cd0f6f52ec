using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class CreateProduct
{
    public static void Map(IEndpointRouteBuilder products) => products
        .MapPost("/", static async (ProductRequest request, Query<DryRun> query, HttpContext http, IGrainFactory grains, IdSource ids) =>
            (await grains.Product(new ProductId(ProductId.Prefix + ids.Next())).PutAsync(request.ToDraft(), expectedVersion: 0, query.Value.IsDry))
                .Render(http))
        .WithSummary("Create a product")
        .WithDescription("Send an `externalId` to make sure that a repeated request creates only one product.")
        .AllowsDryRun()
        .Refuses(Problems.SkuTaken, Problems.ExternalIdTaken, Problems.UnknownCategory);
}
