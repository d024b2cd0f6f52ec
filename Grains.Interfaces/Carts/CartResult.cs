namespace ActorShop.Carts;

[GenerateSerializer, Immutable, Alias("carts.cart-result")]
public abstract record CartResult
{
    private CartResult()
    {
    }

    /// <param name="Cart">The cart; null if the caller did not ask for it.</param>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.changed")]
    public sealed record Changed(CartView? Cart, long Version) : CartResult;

    [GenerateSerializer, Immutable, Alias("carts.cart-result.unknown")]
    public sealed record Unknown : CartResult;

    /// <summary>The SKU is not offered in the cart's currency.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.not-offered")]
    public sealed record NotOffered(Sku Sku) : CartResult;

    [GenerateSerializer, Immutable, Alias("carts.cart-result.full")]
    public sealed record Full(int MaxLines) : CartResult;

    [GenerateSerializer, Immutable, Alias("carts.cart-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : CartResult;

    [GenerateSerializer, Immutable, Alias("carts.cart-result.checking-out")]
    public sealed record CheckingOut(OrderId? Order) : CartResult;

    [GenerateSerializer, Immutable, Alias("carts.cart-result.ordered")]
    public sealed record Ordered(OrderId Order) : CartResult;
}
