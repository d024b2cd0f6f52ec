using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>The answers to changes of a category.</summary>
internal static class CategoryAnswers
{
    public static Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem> Render(this PutCategoryResult result, HttpContext http) => result switch
    {
        PutCategoryResult.Stored { Created: true, Category: var category } =>
            http.Created($"/v1/admin/categories/{category.Code}", CategoryResponse.Of(category)),
        PutCategoryResult.Stored stored => http.Ok(CategoryResponse.Of(stored.Category)),
        PutCategoryResult.VersionMismatch mismatch => IfMatch.Mismatch(mismatch.Current),
        PutCategoryResult.Unknown => new Problem(Problems.CategoryNotFound),
        _ => throw Problems.Unmapped(result),
    };
}
