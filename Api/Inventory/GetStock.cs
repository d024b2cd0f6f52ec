using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

internal static class GetStock
{
    public static void Map(IEndpointRouteBuilder stock) => stock
        .MapGet("/", static async (string sku, HttpContext http, IGrainFactory grains) => http.Found(
            await grains.Stock(Sku.From(sku)).GetAsync() is { Version: > 0 } level ? StockResponse.Of(level) : null, Problems.SkuNotFound))
        .WithSummary("Read the stock of a SKU")
        .Refuses(Problems.SkuNotFound);
}
