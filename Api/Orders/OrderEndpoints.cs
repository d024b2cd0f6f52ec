using ActorShop.Api.Idempotency;
using ActorShop.Api.Reporting;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>HTTP routes under <c>/v1/orders</c>. The id of an order gives access to it.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders/{id}").WithTags("Orders").WithIds(OrderId.Prefix, Problems.OrderNotFound);

        orders.MapGet("/", GetOrder)
            .WithSummary("Read an order")
            .Refuses(Problems.OrderNotFound);

        orders.MapGet("/history", GetHistory)
            .WithSummary("List the steps of an order")
            .Refuses(Problems.OrderNotFound);

        orders.MapPost("/cancel", PostCancel)
            .WithSummary("Cancel an unshipped order")
            .WithDescription("Voids an authorised payment and refunds a captured one. Answers 202 until the payment provider confirms.")
            .Idempotent()
            .Refuses(
                Problems.OrderNotFound, Problems.OrderNotConfirmed, Problems.AlreadyCancelled, Problems.AlreadyShipped,
                Problems.OperationInProgress);
    }

    private static async Task<Results<Ok<OrderResponse>, StatusCodeHttpResult, Problem>> GetOrder(
        string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Order(new OrderId(id)).GetAsync() is not { } order)
        {
            return new Problem(Problems.OrderNotFound);
        }

        http.SetEntityTag(order.Version);
        return http.Request.Matches(order.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(OrderResponse.Of(order));
    }

    private static async Task<Results<Ok<ListResponse<StepResponse>>, Problem>> GetHistory(
        string id, Query<HistoryParameters> query, HttpContext http, IGrainFactory grains)
    {
        var page = await grains.HistoryAsync(id, query.Value);
        return page.Items.IsEmpty && query.Value.Paging.After is null
            ? new Problem(Problems.OrderNotFound)
            : TypedResults.Ok(page.Render(query.Value.Paging, http, StepResponse.Of));
    }

    private static async Task<Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem>> PostCancel(
        string id, Body<CancelRequest> body, HttpContext http, IGrainFactory grains)
    {
        var result = await grains.Order(new OrderId(id)).CancelAsync(http.OperationId(), body.Value.Reason ?? string.Empty);
        return result.Render(http);
    }
}
