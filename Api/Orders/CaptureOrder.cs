using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>A capture of the authorised payment in full. The body may be left out.</summary>
public sealed record CaptureRequest
{
    internal static CaptureRequest Example { get; } = new();
}

internal static class CaptureOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapPost("/{id}/capture", static async (string id, CaptureRequest? request, HttpContext http, IGrainFactory grains) =>
            (await grains.Order(new OrderId(id)).CaptureAsync(http.OperationId())).Render(http))
        .WithSummary("Capture the authorised payment in full")
        .IsOperation(Problems.Of<OrderRefusal.AlreadyCaptured>());
}
