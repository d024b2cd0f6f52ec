using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

/// <summary>The answers to changes of a category.</summary>
internal static class CategoryAnswers
{
    public static Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem> Render(this PutCategoryResult result, HttpContext http)
    {
        switch (result)
        {
            case PutCategoryResult.Stored stored:
                http.SetETag(stored.Category.Version);
                var category = CategoryResponse.Of(stored.Category);
                return stored.Created ? TypedResults.Created($"/v1/admin/categories/{category.Code}", category) : TypedResults.Ok(category);

            case PutCategoryResult.VersionMismatch mismatch:
                return IfMatch.Mismatch(mismatch.Current);

            case PutCategoryResult.Unknown:
                return new Problem(Problems.CategoryNotFound);

            default:
                throw Problems.Unmapped(result);
        }
    }
}
