using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A category to create or rename.</summary>
/// <param name="Name">The name.</param>
/// <param name="Parent">The code of the category above; without it the category is at the top.</param>
public sealed record PutCategoryRequest([Text(1, 200)] string Name, [Code] string? Parent = null)
{
    internal static PutCategoryRequest Example { get; } = new("Mugs");
}

internal static class PutCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories
        .MapPut("/{code}", static async (string code, PutCategoryRequest request, IfMatch ifMatch, HttpContext http, IGrainFactory grains) =>
            ifMatch.IsAny && await grains.Category(code).GetAsync() is null
                ? new Problem(Problems.CategoryNotFound)
                : (await grains.Category(code).PutAsync(request.Name, ifMatch.Version, request.Parent)).Render(http))
        .WithSummary("Create, rename or move a category")
        .RequiresIfMatch()
        .Refuses(Problems.CategoryNotFound, Problems.VersionMismatch, Problems.InvalidParent);
}
