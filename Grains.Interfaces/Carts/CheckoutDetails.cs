namespace ActorShop.Carts;

/// <summary>Who buys, where it goes, and what pays.</summary>
/// <param name="Email">Where the confirmation goes.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PaymentToken">What the payment provider's form gave the client. Never a card number.</param>
[GenerateSerializer, Immutable, Alias("carts.checkout-details")]
public sealed record CheckoutDetails(string Email, Address ShippingAddress, string PaymentToken);
