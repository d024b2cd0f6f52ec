using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>A placed order as it is stored: the command with its totals, without the payment token.</summary>
/// <param name="CancelUntil">Until when the customer may cancel; null without a limit, as of orders that older versions stored.</param>
/// <param name="Attempt">The attempt of the cart; null for imported orders, and for those that older versions stored.</param>
internal sealed record PlacedOrder(
    ImmutableArray<Line> Lines, Totals Totals, OrderTender Tender, CartId? Cart, string? ExternalId, string? CustomerId, string? Email,
    Address? ShippingAddress, DateTimeOffset PlacedAt, DateTimeOffset? CancelUntil = null, CartAttempt? Attempt = null, bool Fulfilled = false,
    string? TraceId = null)
{
    public static PlacedOrder Of(PlaceOrder command, OrdersOptions options) => new(
        command.Lines, Totals.Of(
            command.Lines, command.Lines[0].UnitPrice.Currency, command.TaxInclusive ?? options.TaxInclusive, command.Shipping, command.ShippingTaxes),
        command.Tender, command.Cart, command.ExternalId, command.CustomerId, command.Email, command.ShippingAddress, command.PlacedAt,
        command.PlacedAt + options.CancelWindow, command.Attempt, command.Fulfilled, command.TraceId);
}
