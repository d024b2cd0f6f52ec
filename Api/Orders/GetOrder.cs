using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

internal static class GetOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapGet("/", HandleAsync)
        .WithSummary("Read an order")
        .Refuses(Problems.OrderNotFound);

    private static async Task<Results<Ok<OrderResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Order(new OrderId(id)).GetAsync() is not { } order)
        {
            return new Problem(Problems.OrderNotFound);
        }

        http.SetETag(order.Version);
        return http.Request.HasCurrent(order.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(OrderResponse.Of(order));
    }
}
