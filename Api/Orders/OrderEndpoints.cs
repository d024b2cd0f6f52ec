using ActorShop.Api.Idempotency;
using ActorShop.Api.Reporting;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>HTTP routes under <c>/v1/orders</c>: whoever knows an order's id may read it and call it off.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders/{id}").WithTags("Orders").WithIds(OrderId.Prefix, Problems.OrderNotFound);

        orders.MapGet("/", GetOrder)
            .WithSummary("Read an order")
            .Refuses(Problems.OrderNotFound);

        orders.MapGet("/history", GetHistory)
            .WithSummary("Read what happened to an order, step by step")
            .Refuses(Problems.OrderNotFound);

        orders.MapPost("/cancel", PostCancel)
            .WithSummary("Call off an order that nothing was shipped of")
            .WithDescription("What is held is released, what was taken goes back. 202 while the payment provider has not answered.")
            .Idempotent()
            .Refuses(
                Problems.OrderNotFound, Problems.OrderNotConfirmed, Problems.AlreadyCancelled, Problems.OperationInProgress);
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
