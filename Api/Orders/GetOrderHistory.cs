using ActorShop.Api.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

internal static class GetOrderHistory
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapGet("/history", HandleAsync)
        .WithSummary("List the steps of an order")
        .Refuses(Problems.OrderNotFound);

    private static async Task<Results<Ok<ListResponse<StepResponse>>, Problem>> HandleAsync(
        string id, Query<HistoryParameters> query, HttpContext http, IGrainFactory grains) =>
        await grains.HistoryAsync(id, query.Value, http, StepResponse.Of) is { } page
            ? TypedResults.Ok(page)
            : new Problem(Problems.OrderNotFound);
}
