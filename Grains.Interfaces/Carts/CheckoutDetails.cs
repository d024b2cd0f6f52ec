namespace ActorShop.Carts;

/// <summary>The customer, the address and the means of payment.</summary>
/// <param name="Email">Where the confirmation goes.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PaymentToken">The token of the payment provider's form. Never a card number.</param>
[GenerateSerializer, Immutable, Alias("carts.checkout-details")]
public sealed record CheckoutDetails(string Email, Address ShippingAddress, string PaymentToken);
