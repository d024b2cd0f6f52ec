namespace ActorShop.Carts;

/// <param name="PaymentToken">The token of the payment provider's form. Never a card number.</param>
[GenerateSerializer, Immutable, Alias("carts.checkout-details")]
public sealed record CheckoutDetails(string Email, Address ShippingAddress, string PaymentToken);
