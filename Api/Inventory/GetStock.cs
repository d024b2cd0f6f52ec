using ActorShop.Catalog;
using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

internal static class GetStock
{
    public static void Map(IEndpointRouteBuilder stock) => stock.MapGet("/", HandleAsync)
        .WithSummary("Read the stock of a SKU")
        .WithDescription("The SKU of a product that never had stock has no units, and `version` 0.")
        .Refuses(Problems.SkuNotFound);

    private static async Task<Results<Ok<StockResponse>, NotModified, Problem>> HandleAsync(string sku, HttpContext http, IGrainFactory grains)
    {
        var id = Sku.From(sku);
        var level = await grains.Stock(id).GetAsync();
        var isKnown = level.Version > 0 || await grains.Offer(id).GetAsync() is not null;
        return http.Found(isKnown ? StockResponse.Of(level) : null, Problems.SkuNotFound);
    }
}
