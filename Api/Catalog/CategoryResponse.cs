using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A category.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">The name.</param>
/// <param name="Archived">Whether the category is archived.</param>
/// <param name="Version">The version, which is also the ETag.</param>
/// <param name="Parent">The code of the category above; absent at the top.</param>
public sealed record CategoryResponse(string Code, string Name, bool Archived, long Version, string? Parent = null) : IVersioned
{
    internal static CategoryResponse Of(CategoryView category) => new(category.Code, category.Name, category.Archived, category.Version, category.Parent);
}

internal static class CategoryAnswers
{
    public static Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem> Render(this PutCategoryResult result, HttpContext http) => result switch
    {
        PutCategoryResult.Stored { Created: true, Category: var category } =>
            TypedResults.Created($"/v1/admin/categories/{category.Code}", CategoryResponse.Of(category).WithETag(http)),
        PutCategoryResult.Stored stored => TypedResults.Ok(CategoryResponse.Of(stored.Category).WithETag(http)),
        PutCategoryResult.VersionMismatch mismatch => IfMatch.Mismatch(mismatch.Current),
        PutCategoryResult.InvalidParent => new Problem(
            Problems.InvalidParent, "The parent must exist, must not be the category or below it, and a path has at most 16 categories."),
        PutCategoryResult.Unknown => new Problem(Problems.CategoryNotFound),
        _ => throw Problems.Unmapped(result),
    };
}
