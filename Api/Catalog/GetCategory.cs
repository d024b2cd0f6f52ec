using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class GetCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories.MapGet("/{code}", HandleAsync)
        .WithSummary("Read a category")
        .Refuses(Problems.CategoryNotFound);

    private static async Task<Results<Ok<CategoryResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string code, HttpContext http, IGrainFactory grains) =>
        http.Render(await grains.Category(code).GetAsync(), static category => category.Version, CategoryResponse.Of, Problems.CategoryNotFound);
}
