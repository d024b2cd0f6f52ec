using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>What an order is made of. The order adds its lines up.</summary>
/// <param name="Lines">Frozen with their prices, in one currency; several lines may name one SKU.</param>
/// <param name="PaymentToken">With <see cref="OrderTender.Card"/>, the provider's token.</param>
/// <param name="Email">Where the confirmation goes; null for imported orders.</param>
/// <param name="PlacedAt">When the customer placed it: stated for imported orders.</param>
/// <param name="ShippingTaxes">The tax of the shipping.</param>
/// <param name="TaxInclusive">Whether prices contain the tax; null for what the shop's options say.</param>
/// <param name="Attempt">With <paramref name="Cart"/>, the attempt that the cart stores beside the order.</param>
/// <param name="Fulfilled">Whether the units were shipped before: they leave the stock when the order is confirmed.</param>
/// <param name="TraceId">The trace of the request: a refusal names it in each answer.</param>
[GenerateSerializer, Immutable, Alias("orders.place-order")]
public sealed record PlaceOrder(
    ImmutableArray<Line> Lines, OrderTender Tender, string? PaymentToken, CartId? Cart, string? ExternalId, string? CustomerId,
    string? Email, Address? ShippingAddress, DateTimeOffset PlacedAt, Money? Shipping = null, Money? ShippingTaxes = null,
    bool? TaxInclusive = null, CartAttempt? Attempt = null, bool Fulfilled = false, string? TraceId = null);
