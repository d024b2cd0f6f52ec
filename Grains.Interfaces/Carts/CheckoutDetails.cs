using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <param name="PaymentToken">The token of the payment provider's form. Never a card number.</param>
/// <param name="ExpectedTotal">The total that the customer agreed to; null to accept the stored prices, or lower ones.</param>
/// <param name="MaxUnits">The most units that the order may have; null without a limit.</param>
/// <param name="TraceId">The trace of the request, for refusals.</param>
[GenerateSerializer, Immutable, Alias("carts.checkout-details")]
public sealed record CheckoutDetails(
    string Email, Address ShippingAddress, string PaymentToken, Money? ExpectedTotal = null, [property: JsonIgnore] long? MaxUnits = null,
    [property: JsonIgnore] string? TraceId = null);
