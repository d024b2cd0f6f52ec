using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>A refund of units of an order.</summary>
/// <param name="Items">The units to refund.</param>
/// <param name="Reason">The reason.</param>
/// <param name="At">When the refund was made, for a refund from another system. Defaults to now.</param>
/// <param name="ExternalId">The id of the refund in the other system.</param>
public sealed record RefundOrderRequest(
    [Length(1, Line.MaxCount)] IReadOnlyList<RefundItemBody> Items,
    [Text(1, 200)] string Reason,
    [Past] DateTimeOffset? At = null,
    [ExternalId] string? ExternalId = null)
{
    internal static RefundOrderRequest Example { get; } = new([new(SkuAttribute.Example, 1, Restock: true)], "Broken on arrival");
}

internal static class RefundOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapPost("/{id}/refunds", static async (string id, RefundOrderRequest request, HttpContext http, IGrainFactory grains) =>
            (await grains.Order(new OrderId(id)).RefundAsync(http.OperationId(), new RefundRequest(
                [.. request.Items.Select(static item => item.ToItem())], request.Reason, request.At, request.ExternalId))).Render(http))
        .WithSummary("Refund units of an order and optionally restock them")
        .WithDescription("An amount beyond the captured amount of a line or of the order becomes a credit note.")
        .IsOperation(Problems.Of<OrderRefusal.NotCaptured>(), Problems.NoSuchLine, Problems.Of<OrderRefusal.TooManyOperations>());
}
