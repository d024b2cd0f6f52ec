using ActorShop.Api.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Inventory;

internal static class GetStockLedger
{
    public static void Map(IEndpointRouteBuilder stock) => stock.MapGet("/ledger", HandleAsync)
        .WithSummary("List the changes to the stock of a SKU")
        .Refuses(Problems.SkuNotFound);

    private static async Task<Results<Ok<ListResponse<EventResponse>>, Problem>> HandleAsync(
        string sku, Query<HistoryParameters> query, HttpContext http, IGrainFactory grains) =>
        await grains.HistoryAsync($"sku/{sku}", query.Value, http, EventResponse.Of) is { } page
            ? TypedResults.Ok(page)
            : new Problem(Problems.SkuNotFound);
}
