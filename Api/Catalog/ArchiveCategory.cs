using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class ArchiveCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories
        .MapDelete("/{code}", static async (string code, IfMatch ifMatch, HttpContext http, IGrainFactory grains) =>
            (await grains.Category(code).ArchiveAsync(ifMatch.Version)).Render(http))
        .WithSummary("Archive a category")
        .RequiresIfMatch()
        .Refuses(Problems.CategoryNotFound, Problems.VersionMismatch);
}
