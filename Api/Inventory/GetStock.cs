using ActorShop.Inventory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Inventory;

internal static class GetStock
{
    public static void Map(IEndpointRouteBuilder stock) => stock.MapGet("/", HandleAsync)
        .WithSummary("Read the stock of a SKU")
        .Refuses(Problems.SkuNotFound);

    private static async Task<Results<Ok<StockResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string sku, HttpContext http, IGrainFactory grains)
    {
        var level = await grains.Stock(Sku.From(sku)).GetAsync();
        return http.Render(level.Version == 0 ? null : level, static level => level.Version, StockResponse.Of, Problems.SkuNotFound);
    }
}
