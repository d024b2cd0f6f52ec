using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

internal static class GetOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapGet("/", HandleAsync)
        .WithSummary("Read an order")
        .Refuses(Problems.OrderNotFound);

    private static async Task<Results<Ok<OrderResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string id, HttpContext http, IGrainFactory grains) =>
        http.Render(await grains.Order(new OrderId(id)).GetAsync(), static order => order.Version, OrderResponse.Of, Problems.OrderNotFound);
}
