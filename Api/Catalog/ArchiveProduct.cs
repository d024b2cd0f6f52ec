using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class ArchiveProduct
{
    public static void Map(IEndpointRouteBuilder products) => products.MapDelete("/{id}", HandleAsync)
        .WithSummary("Archive a product")
        .WithDescription("An archived product is no longer for sale. It stays readable and keeps its SKUs. PUT restores it.")
        .RequiresIfMatch()
        .Refuses(Problems.ProductNotFound, Problems.VersionMismatch);

    private static async Task<Results<Created<ProductResponse>, Ok<ProductResponse>, Problem>> HandleAsync(
        string id, IfMatch ifMatch, HttpContext http, IGrainFactory grains) =>
        (await grains.Product(new ProductId(id)).ArchiveAsync(ifMatch.Version)).Render(http);
}
