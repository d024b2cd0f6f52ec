using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>A cancellation of an order.</summary>
/// <param name="Reason">The reason, recorded in the history.</param>
public sealed record CancelRequest([Text(1, 200)] string? Reason = null)
{
    internal static CancelRequest Example { get; } = new("Changed my mind");
}

internal static class CancelOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapPost("/cancel", static async (string id, CancelRequest? request, HttpContext http, IGrainFactory grains) =>
            (await grains.Order(new OrderId(id)).CancelByCustomerAsync(http.OperationId(), request?.Reason ?? string.Empty)).Render(http))
        .WithSummary("Cancel an order that is not captured or shipped")
        .WithDescription(
            "For the customer: until the payment is captured or the order shipped, and for a time after placing (a day, unless the shop sets another). "
            + "Voids the authorised payment. Answers 202 until the payment provider confirms.")
        .IsOperation(
            Problems.Of<OrderRefusal.AlreadyShipped>(), Problems.Of<OrderRefusal.AlreadyCaptured>(), Problems.Of<OrderRefusal.CancelWindowOver>());

    public static void MapAdmin(IEndpointRouteBuilder orders) => orders
        .MapPost("/{id}/cancel", static async (string id, CancelRequest? request, HttpContext http, IGrainFactory grains) =>
            (await grains.Order(new OrderId(id)).CancelAsync(http.OperationId(), request?.Reason ?? string.Empty)).Render(http))
        .WithName("cancelOrderAsMerchant")
        .WithSummary("Cancel an order")
        .WithDescription(
            "Voids an authorised payment and refunds a captured one. The units are available again. A shipped order cannot be cancelled: refund it. "
            + "Answers 202 until the payment provider confirms.")
        .IsOperation(Problems.Of<OrderRefusal.AlreadyShipped>());
}
