using ActorShop.Api.Reporting;

namespace ActorShop.Api.Inventory;

internal static class GetStockLedger
{
    public static void Map(IEndpointRouteBuilder stock) => stock
        .MapGet("/ledger", static (string sku, Query<Paging> query, HttpContext http, IGrainFactory grains) =>
            grains.HistoryAsync($"sku/{sku}", query.Value, http, EventResponse.Of, Problems.SkuNotFound))
        .WithSummary("List the changes to the stock of a SKU")
        .Refuses(Problems.SkuNotFound);
}
