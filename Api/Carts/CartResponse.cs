using ActorShop.Api.Orders;
using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>A cart at the prices of this moment.</summary>
/// <param name="Id">Its id. Whoever knows it may use the cart.</param>
/// <param name="Currency">The currency of all its amounts.</param>
/// <param name="Status"><c>open</c>, <c>checking_out</c> or <c>ordered</c>.</param>
/// <param name="Items">Its lines.</param>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discounts">What is taken off.</param>
/// <param name="Taxes">Tax.</param>
/// <param name="Shipping">Carriage.</param>
/// <param name="Total">What would be paid.</param>
/// <param name="TaxInclusive">Whether prices contain the tax.</param>
/// <param name="OrderId">The order it has become or is about to become.</param>
/// <param name="ExternalId">The client's own id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Version">The number of its changes; the ETag.</param>
public sealed record CartResponse(
    string Id, string Currency, CartStatus Status, IReadOnlyList<LineResponse> Items, MoneyBody Subtotal, MoneyBody Discounts,
    MoneyBody Taxes, MoneyBody Shipping, MoneyBody Total, bool TaxInclusive, string? OrderId, string? ExternalId,
    DateTimeOffset CreatedAt, long Version)
{
    internal static CartResponse Of(CartView cart) => new(
        cart.Id.Value, cart.Currency, cart.Status, LineResponse.Of(cart.Items), MoneyBody.Of(cart.Totals.Subtotal),
        MoneyBody.Of(cart.Totals.Discounts), MoneyBody.Of(cart.Totals.Taxes), MoneyBody.Of(cart.Totals.Shipping),
        MoneyBody.Of(cart.Totals.Total), cart.Totals.TaxInclusive, cart.Order?.Value, cart.ExternalId, cart.CreatedAt, cart.Version);
}
