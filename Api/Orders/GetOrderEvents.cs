using ActorShop.Api.Reporting;

namespace ActorShop.Api.Orders;

internal static class GetOrderEvents
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/{id}/history", static (string id, Query<Paging> query, HttpContext http, IGrainFactory grains) =>
            grains.HistoryAsync(id, query.Value, http, EventResponse.Of, Problems.OrderNotFound))
        .WithSummary("List the events of an order with their data")
        .Refuses(Problems.OrderNotFound);
}
