using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>A cart. A read shows it at current prices, a change at the prices that it stores.</summary>
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
/// <param name="PricedAt">When the current prices were read. Absent where the prices are those that the cart stores.</param>
public sealed record CartResponse(
    string Id, string Currency, CartStatus Status, IReadOnlyList<CartLineResponse> Items, MoneyBody Subtotal, MoneyBody Discounts,
    MoneyBody Taxes, MoneyBody Shipping, MoneyBody Total, bool TaxInclusive, string? OrderId, string? ExternalId,
    DateTimeOffset CreatedAt, long Version, DateTimeOffset? PricedAt) : IVersioned
{
    internal static CartResponse Of(CartView cart) => new(
        cart.Id.Value, cart.Currency, cart.Status, CartLineResponse.Of(cart), MoneyBody.Of(cart.Totals.Subtotal),
        MoneyBody.Of(cart.Totals.Discounts), MoneyBody.Of(cart.Totals.Taxes), MoneyBody.Of(cart.Totals.Shipping),
        MoneyBody.Of(cart.Totals.Total), cart.Totals.TaxInclusive, cart.Order?.Value, cart.ExternalId, cart.CreatedAt, cart.Version, cart.PricedAt);
}

/// <summary>A line of a cart.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Name">The name when the line was added.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="LineTotal">The quantity times the unit price.</param>
/// <param name="ProductId">The product. Absent where the prices are those that the cart stores, and for a SKU that is no longer sold.</param>
/// <param name="PriceChanged">The change of the price since the customer was shown it last. Absent without a change.</param>
public sealed record CartLineResponse(
    string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal, string? ProductId,
    PriceChangeResponse? PriceChanged)
{
    internal static IReadOnlyList<CartLineResponse> Of(CartView cart)
    {
        var changes = cart.PriceChanges.ToDictionary(static change => change.Sku);
        return
        [
            .. cart.Items.Select(line => new CartLineResponse(
                line.Sku.Value, line.Name, line.Quantity, MoneyBody.Of(line.UnitPrice), MoneyBody.Of(line.LineTotal),
                line.Product?.Value, PriceChangeResponse.Of(changes.GetValueOrDefault(line.Sku)))),
        ];
    }
}

/// <summary>A change of a price.</summary>
/// <param name="From">The price before.</param>
/// <param name="To">The current price.</param>
public sealed record PriceChangeResponse(MoneyBody From, MoneyBody To)
{
    internal static PriceChangeResponse? Of(PriceChange? change) => change is null ? null : new(MoneyBody.Of(change.From), MoneyBody.Of(change.To));
}
