using ActorShop.Orders;
using ActorShop.Payments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>An order with its saga and payment.</summary>
/// <param name="Order">The order as the customer sees it.</param>
/// <param name="Step">The current step of the saga.</param>
/// <param name="Tender">The means of payment.</param>
/// <param name="PaymentId">The id of the payment.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
public sealed record AdminOrderResponse(OrderResponse Order, string Step, OrderTender Tender, string? PaymentId, string? CustomerId)
{
    internal static AdminOrderResponse Of(OrderView order) =>
        new(OrderResponse.Of(order), order.Step, order.Tender, order.Payment?.Value, order.CustomerId);
}

internal static class GetAdminOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapGet("/{id}", HandleAsync)
        .WithSummary("Read an order with its saga and payment")
        .Refuses(Problems.OrderNotFound);

    private static async Task<Results<Ok<AdminOrderResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string id, HttpContext http, IGrainFactory grains) =>
        http.Render(await grains.Order(new OrderId(id)).GetAsync(), static order => order.Version, AdminOrderResponse.Of, Problems.OrderNotFound);
}
