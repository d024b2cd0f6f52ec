using ActorShop.Api.Idempotency;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>A cancellation of an order.</summary>
/// <param name="Reason">The reason, recorded in the history.</param>
public sealed record CancelRequest([Text(1, 200)] string? Reason = null);

internal static class CancelOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapPost("/cancel", HandleAsync)
        .WithSummary("Cancel an unshipped order")
        .WithDescription("Voids an authorised payment and refunds a captured one. Answers 202 until the payment provider confirms.")
        .Idempotent()
        .Refuses(
            Problems.OrderNotFound, Problems.OrderNotConfirmed, Problems.AlreadyCancelled, Problems.PaymentDeclined,
            Problems.OperationInProgress);

    private static async Task<Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem>> HandleAsync(
        string id, CancelRequest? request, HttpContext http, IGrainFactory grains) =>
        (await grains.Order(new OrderId(id)).CancelAsync(http.OperationId(), request?.Reason ?? string.Empty)).Render(http);
}
