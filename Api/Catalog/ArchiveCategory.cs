using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class ArchiveCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories.MapDelete("/{code}", HandleAsync)
        .WithSummary("Archive a category")
        .RequiresIfMatch()
        .Refuses(Problems.CategoryNotFound, Problems.VersionMismatch);

    private static async Task<Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem>> HandleAsync(
        string code, IfMatch ifMatch, HttpContext http, IGrainFactory grains) =>
        (await grains.Category(code).ArchiveAsync(ifMatch.Version)).Render(http);
}
