namespace ActorShop;

/// <summary>An attempt to turn a cart into an order.</summary>
/// <param name="CartVersion">The version of the cart on which the order is based.</param>
/// <param name="Key">A hash of the scope and the key of the request: a repeat with it gets the order of the attempt.</param>
/// <param name="Fingerprint">A hash of the request's body: the same key with another one is refused.</param>
[GenerateSerializer, Immutable, Alias("shared.cart-attempt")]
public sealed record CartAttempt(long CartVersion, string Key, string Fingerprint);
