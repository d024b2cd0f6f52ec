using ActorShop.Api.Reporting;

namespace ActorShop.Api.Orders;

internal static class GetOrderHistory
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/history", static (string id, Query<Paging> query, HttpContext http, IGrainFactory grains) =>
            grains.HistoryAsync(id, query.Value, http, StepResponse.Of, Problems.OrderNotFound))
        .WithSummary("List the steps of an order")
        .Refuses(Problems.OrderNotFound);
}
