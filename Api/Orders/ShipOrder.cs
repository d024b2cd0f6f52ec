using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>A shipment of a whole order. The body may be left out.</summary>
public sealed record ShipRequest
{
    internal static ShipRequest Example { get; } = new();
}

internal static class ShipOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapPost("/{id}/shipments", static async (string id, ShipRequest? request, HttpContext http, IGrainFactory grains) =>
            (await grains.Order(new OrderId(id)).ShipAsync(http.OperationId())).Render(http))
        .WithSummary("Record that an order was shipped in whole")
        .WithDescription("The units that were not refunded leave the stock. They must be on hand. A shipped order cannot be cancelled.")
        .IsOperation(Problems.Of<OrderRefusal.AlreadyShipped>(), Problems.Of<OrderRefusal.NothingToShip>(), Problems.InsufficientStock);
}
