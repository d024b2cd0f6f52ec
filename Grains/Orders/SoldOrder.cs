using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>A confirmed order as the read models and the account book see it.</summary>
internal sealed record SoldOrder(
    OrderId Id, OrderTender Tender, ImmutableArray<SoldLine> Items, Totals Totals, CartId? Cart, string? ExternalId,
    string? CustomerId, DateTimeOffset PlacedAt)
{
    public static SoldOrder Of(OrderId id, PlacedOrder command) => new(
        id,
        command.Tender,
        [.. command.Lines.Select(static line => new SoldLine(line.Sku, line.Quantity, line.LineTotal))],
        command.Totals,
        command.Cart,
        command.ExternalId,
        command.CustomerId,
        command.PlacedAt);
}
