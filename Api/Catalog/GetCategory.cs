using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

internal static class GetCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories
        .MapGet("/{code}", static async (string code, HttpContext http, IGrainFactory grains) => http.Found(
            await grains.Category(code).GetAsync() is { } category ? CategoryResponse.Of(category) : null, Problems.CategoryNotFound))
        .WithSummary("Read a category")
        .Refuses(Problems.CategoryNotFound);
}
