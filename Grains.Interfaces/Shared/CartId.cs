namespace ActorShop;

/// <summary>The id of a cart. Unguessable, because it gives access to the cart.</summary>
/// <param name="Value">The text, <c>cart_</c> and 32 hexadecimal digits of a UUID of version 7.</param>
[GenerateSerializer, Immutable, Alias("carts.cart-id")]
public readonly record struct CartId(string Value) : IIdentifier<CartId>
{
    public const string Prefix = "cart_";

    public static CartId From(string value) => new(value);

    public override string ToString() => Value;
}
