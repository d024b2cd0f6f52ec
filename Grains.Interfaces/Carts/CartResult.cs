namespace ActorShop.Carts;

/// <summary>The answers of <see cref="ICartGrain.SetItemAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("carts.cart-result")]
public abstract record CartResult
{
    private CartResult()
    {
    }

    /// <summary>The quantity is set.</summary>
    /// <param name="Cart">The cart; null if the caller did not ask for it.</param>
    /// <param name="Version">The version after the change.</param>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.changed")]
    public sealed record Changed(CartView? Cart, long Version) : CartResult;

    /// <summary>The cart does not exist.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.unknown")]
    public sealed record Unknown : CartResult;

    /// <summary>The SKU is not offered in the cart's currency.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.not-offered")]
    public sealed record NotOffered(Sku Sku) : CartResult;

    /// <summary>The cart has the most lines a cart may have.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.full")]
    public sealed record Full(int MaxLines) : CartResult;

    /// <summary>The cart has another version.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : CartResult;

    /// <summary>A checkout is in progress.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.checking-out")]
    public sealed record CheckingOut(OrderId Order) : CartResult;

    /// <summary>The cart has become an order.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.ordered")]
    public sealed record Ordered(OrderId Order) : CartResult;
}
