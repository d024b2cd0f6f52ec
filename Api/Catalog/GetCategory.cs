using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class GetCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories.MapGet("/{code}", HandleAsync)
        .WithSummary("Read a category")
        .Refuses(Problems.CategoryNotFound);

    private static async Task<Results<Ok<CategoryResponse>, Problem>> HandleAsync(string code, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Category(code).GetAsync() is not { } category)
        {
            return new Problem(Problems.CategoryNotFound);
        }

        http.SetETag(category.Version);
        return TypedResults.Ok(CategoryResponse.Of(category));
    }
}
