using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

internal static class ListCategories
{
    public static void Map(IEndpointRouteBuilder categories) => categories
        .MapGet("/", static async (IGrainFactory grains) =>
            TypedResults.Ok(Lists.Whole(await grains.Queries().GetCategoriesAsync(), CategoryResponse.Of)))
        .WithSummary("List categories")
        .ShortlyCached();
}
