using ActorShop.Orders;

namespace ActorShop.Carts;

/// <summary>The answers of <see cref="ICartGrain.CheckoutAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("carts.checkout-result")]
public abstract record CheckoutResult
{
    private CheckoutResult()
    {
    }

    /// <summary>The order is confirmed, or still <see cref="OrderStatus.Pending"/> after the timeout.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.placed")]
    public sealed record Placed(OrderView Order) : CheckoutResult;

    /// <summary>The order failed; the cart is open again. <see cref="OrderView.Failure"/> is the reason.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.failed")]
    public sealed record Failed(OrderView Order) : CheckoutResult;

    /// <summary>The cart does not exist.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.unknown")]
    public sealed record Unknown : CheckoutResult;

    /// <summary>The cart has no lines.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.empty")]
    public sealed record Empty : CheckoutResult;

    /// <summary>A line is no longer offered.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.not-offered")]
    public sealed record NotOffered(Sku Sku) : CheckoutResult;

    /// <summary>Another checkout of the cart is in progress.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.checking-out")]
    public sealed record CheckingOut(OrderId Order) : CheckoutResult;

    /// <summary>The cart has become an order.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.ordered")]
    public sealed record Ordered(OrderId Order) : CheckoutResult;
}
