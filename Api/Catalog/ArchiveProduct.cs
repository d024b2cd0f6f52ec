using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class ArchiveProduct
{
    public static void Map(IEndpointRouteBuilder products) => products
        .MapDelete("/{id}", static async (string id, IfMatch ifMatch, HttpContext http, IGrainFactory grains) =>
            (await grains.Product(new ProductId(id)).ArchiveAsync(ifMatch.Version)).Render(http))
        .WithSummary("Archive a product")
        .WithDescription("An archived product is no longer for sale. It stays readable and keeps its SKUs. PUT restores it.")
        .RequiresIfMatch()
        .Refuses(Problems.ProductNotFound, Problems.VersionMismatch);
}
