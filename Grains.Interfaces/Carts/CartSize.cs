namespace ActorShop.Carts;

/// <param name="Units">The units of all lines.</param>
[GenerateSerializer, Immutable, Alias("carts.cart-size")]
public sealed record CartSize(CartStatus Status, long Units);
