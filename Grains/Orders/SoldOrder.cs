using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>A confirmed order as the read models and the account book see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tender">How it was paid.</param>
/// <param name="Items">Its lines.</param>
/// <param name="Totals">Its totals.</param>
/// <param name="Cart">The cart it came from.</param>
/// <param name="ExternalId">The id of an imported order.</param>
/// <param name="CustomerId">The customer's id, if known.</param>
/// <param name="PlacedAt">When it was placed.</param>
internal sealed record SoldOrder(
    OrderId Id, OrderTender Tender, ImmutableArray<SoldLine> Items, Totals Totals, CartId? Cart, string? ExternalId,
    string? CustomerId, DateTimeOffset PlacedAt)
{
    /// <summary>What was sold with an order.</summary>
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
