using ActorShop.Orders;

namespace ActorShop.Carts;

[GenerateSerializer, Immutable, Alias("carts.checkout-result")]
public abstract record CheckoutResult
{
    private CheckoutResult()
    {
    }

    /// <summary>The order is confirmed, or still <see cref="OrderStatus.Pending"/> after the timeout.</summary>
    /// <param name="Order">As it was when it settled.</param>
    /// <param name="IsRepeat">Whether an earlier request with the same key began it.</param>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.placed")]
    public sealed record Placed(OrderView Order, bool IsRepeat = false) : CheckoutResult;

    /// <summary>The order failed; the cart is open again. <see cref="OrderView.Failure"/> is the reason.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.failed")]
    public sealed record Failed(OrderView Order, bool IsRepeat = false) : CheckoutResult;

    [GenerateSerializer, Immutable, Alias("carts.checkout-result.unknown")]
    public sealed record Unknown : CheckoutResult;

    [GenerateSerializer, Immutable, Alias("carts.checkout-result.empty")]
    public sealed record Empty : CheckoutResult;

    [GenerateSerializer, Immutable, Alias("carts.checkout-result.not-offered")]
    public sealed record NotOffered(Sku Sku) : CheckoutResult;

    /// <summary>The total is not the expected one; or none is expected, and a price is higher than the stored one.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.price-changed")]
    public sealed record PriceChanged(CartView Cart) : CheckoutResult;

    /// <summary>The total is more than <see cref="Totals.Max"/>.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.total-too-large")]
    public sealed record TotalTooLarge : CheckoutResult;

    /// <summary>The cart has more units than the caller's limit.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.too-many-units")]
    public sealed record TooManyUnits : CheckoutResult;

    [GenerateSerializer, Immutable, Alias("carts.checkout-result.checking-out")]
    public sealed record CheckingOut(OrderId? Order) : CheckoutResult;

    /// <summary>The key belongs to a request with another body.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.key-reused")]
    public sealed record KeyReused : CheckoutResult;

    [GenerateSerializer, Immutable, Alias("carts.checkout-result.ordered")]
    public sealed record Ordered(OrderId Order) : CheckoutResult;
}
