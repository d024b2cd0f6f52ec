using ActorShop.Api.Idempotency;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>A capture of the authorised payment in full. The body may be left out.</summary>
public sealed record CaptureRequest;

internal static class CaptureOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapPost("/{id}/capture", HandleAsync)
        .WithSummary("Capture the authorised payment in full")
        .Idempotent()
        .Refuses(
            Problems.OrderNotFound, Problems.OrderNotConfirmed, Problems.AlreadyCaptured, Problems.AlreadyCancelled,
            Problems.PaymentDeclined, Problems.OperationInProgress);

    private static async Task<Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem>> HandleAsync(
        string id, CaptureRequest? request, HttpContext http, IGrainFactory grains) =>
        (await grains.Order(new OrderId(id)).CaptureAsync(http.OperationId())).Render(http);
}
