using ActorShop.Api.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

internal static class GetOrderEvents
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapGet("/{id}/history", HandleAsync)
        .WithSummary("List the events of an order with their data")
        .Refuses(Problems.OrderNotFound);

    private static async Task<Results<Ok<ListResponse<EventResponse>>, Problem>> HandleAsync(
        string id, Query<HistoryParameters> query, HttpContext http, IGrainFactory grains) =>
        await grains.HistoryAsync(id, query.Value, http, EventResponse.Of) is { } page
            ? TypedResults.Ok(page)
            : new Problem(Problems.OrderNotFound);
}
