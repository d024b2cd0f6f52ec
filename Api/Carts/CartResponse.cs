using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>A cart at current prices.</summary>
/// <param name="Id">The id. It gives access to the cart, so keep it secret.</param>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Status"><c>open</c>, <c>checking_out</c> or <c>ordered</c>.</param>
/// <param name="Items">The lines.</param>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discounts">The discounts.</param>
/// <param name="Taxes">The taxes.</param>
/// <param name="Shipping">The shipping cost.</param>
/// <param name="Total">The amount to pay.</param>
/// <param name="TaxInclusive">Whether prices include tax.</param>
/// <param name="OrderId">The order of the cart, once its checkout begins.</param>
/// <param name="ExternalId">The client's id.</param>
/// <param name="CreatedAt">When the cart was created.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record CartResponse(
    string Id, string Currency, CartStatus Status, IReadOnlyList<LineResponse> Items, MoneyBody Subtotal, MoneyBody Discounts,
    MoneyBody Taxes, MoneyBody Shipping, MoneyBody Total, bool TaxInclusive, string? OrderId, string? ExternalId,
    DateTimeOffset CreatedAt, long Version) : IVersioned
{
    internal static CartResponse Of(CartView cart) => new(
        cart.Id.Value, cart.Currency, cart.Status, LineResponse.Of(cart.Items), MoneyBody.Of(cart.Totals.Subtotal),
        MoneyBody.Of(cart.Totals.Discounts), MoneyBody.Of(cart.Totals.Taxes), MoneyBody.Of(cart.Totals.Shipping),
        MoneyBody.Of(cart.Totals.Total), cart.Totals.TaxInclusive, cart.Order?.Value, cart.ExternalId, cart.CreatedAt, cart.Version);
}
