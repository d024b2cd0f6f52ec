using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>What an order is made of.</summary>
/// <param name="Lines">Frozen with their prices; several lines may name one SKU.</param>
/// <param name="Totals">
/// The sums of the lines. Whether prices contain the tax is the installation's to say: without a cart, the order says what its options do.
/// </param>
/// <param name="Tender">What pays.</param>
/// <param name="PaymentToken">With <see cref="OrderTender.Card"/>, the provider's token.</param>
/// <param name="Cart">The cart it came from, if any.</param>
/// <param name="ExternalId">The id under which it was taken elsewhere, if it was.</param>
/// <param name="CustomerId">The merchant's or the shop's id of the customer, if known.</param>
/// <param name="Email">Where the confirmation goes; null for orders taken elsewhere.</param>
/// <param name="ShippingAddress">Where the goods go; null for orders taken elsewhere.</param>
/// <param name="PlacedAt">When the customer placed it: stated for orders taken elsewhere.</param>
[GenerateSerializer, Immutable, Alias("orders.place-order")]
public sealed record PlaceOrder(
    ImmutableArray<Line> Lines, Totals Totals, OrderTender Tender, string? PaymentToken, CartId? Cart, string? ExternalId,
    string? CustomerId, string? Email, Address? ShippingAddress, DateTimeOffset PlacedAt);
