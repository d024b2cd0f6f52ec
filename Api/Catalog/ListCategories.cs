using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

internal static class ListCategories
{
    public static void Map(IEndpointRouteBuilder categories) => categories.MapGet("/", HandleAsync)
        .WithSummary("List categories");

    private static async Task<Ok<ListResponse<CategoryResponse>>> HandleAsync(HttpContext http, IGrainFactory grains)
    {
        var categories = await grains.Queries().GetCategoriesAsync();
        http.Response.Headers.CacheControl = CatalogEndpoints.ShortCache;
        return TypedResults.Ok(Lists.Whole(categories, CategoryResponse.Of));
    }
}
