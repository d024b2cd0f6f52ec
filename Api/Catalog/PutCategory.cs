using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A category to create or rename.</summary>
/// <param name="Name">The name.</param>
public sealed record PutCategoryRequest([Text(1, 200)] string Name);

internal static class PutCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories.MapPut("/{code}", HandleAsync)
        .WithSummary("Create or rename a category")
        .RequiresIfMatch()
        .Refuses(Problems.CategoryNotFound, Problems.VersionMismatch);

    private static async Task<Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem>> HandleAsync(
        string code, PutCategoryRequest request, IfMatch ifMatch, HttpContext http, IGrainFactory grains)
    {
        var category = grains.Category(code);
        if (ifMatch.IsAny && await category.GetAsync() is null)
        {
            return new Problem(Problems.CategoryNotFound);
        }

        return (await category.PutAsync(request.Name, ifMatch.Version)).Render(http);
    }
}
