using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

internal static class ListCategories
{
    public static void Map(IEndpointRouteBuilder categories) => categories
        .MapGet("/", static async (Query<Paging> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Queries().GetCategoriesAsync()).Page(query.Value, static category => category.Code).Render(query.Value, http, CategoryResponse.Of)))
        .WithSummary("List categories")
        .ShortlyCached();
}
