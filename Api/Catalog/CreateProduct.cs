using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class CreateProduct
{
    public static void Map(IEndpointRouteBuilder products) => products.MapPost("/", HandleAsync)
        .WithSummary("Create a product")
        .WithDescription("Send an `externalId` to make sure that a repeated request creates only one product.")
        .Refuses(Problems.SkuTaken, Problems.ExternalIdTaken, Problems.UnknownCategory);

    private static async Task<Results<Created<ProductResponse>, Ok<ProductResponse>, Problem>> HandleAsync(
        ProductRequest request, HttpContext http, IGrainFactory grains, IdSource ids)
    {
        var product = grains.Product(new ProductId(ProductId.Prefix + ids.Next()));
        return (await product.PutAsync(request.ToDraft(), expectedVersion: 0)).Render(http);
    }
}
