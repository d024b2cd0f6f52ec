using ActorShop.Api.Reporting;
using ActorShop.Orders;
using ActorShop.Reporting;

namespace ActorShop.Api.Orders;

internal static class GetOrderHistory
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/history", static (string id, Query<Paging> query, HttpContext http, IGrainFactory grains) =>
            grains.OrderHistoryAsync(id, query.Value, http, StepResponse.Of))
        .WithSummary("List the steps of an order")
        .Refuses(Problems.OrderNotFound);

    // An order that failed before it was stored has an event, and is not found all the same.
    internal static async Task<Results<Ok<ListResponse<T>>, Problem>> OrderHistoryAsync<T>(
        this IGrainFactory grains, string id, Paging paging, HttpContext http, Func<HistoryEntry, T> render) =>
        await grains.Order(new OrderId(id)).GetAsync() is null
            ? new Problem(Problems.OrderNotFound)
            : await grains.HistoryAsync(id, paging, http, render, Problems.OrderNotFound);
}
