using ActorShop.Orders;

namespace ActorShop.Carts;

/// <summary>A cart: SKUs and quantities in one currency, and at most one checkout at a time.</summary>
/// <remarks>Keyed by <see cref="CartId"/>. Prices come from the offers, never from the client; they are frozen at checkout.</remarks>
[Alias("carts.cart")]
public interface ICartGrain : IResumable
{
    /// <summary>Creates the cart. Repeating it changes nothing.</summary>
    /// <returns>The cart; null where another one has the external id, and then nothing was created.</returns>
    [Alias("create")]
    Task<CartView?> CreateAsync(string currency, string? externalId);

    /// <summary>Whether the cart has an external id, or is about to be created with it.</summary>
    [Alias("holds-external-id"), AlwaysInterleave]
    Task<bool> HoldsExternalIdAsync(string externalId);

    /// <summary>Sets the quantity of a SKU; 0 takes the line out.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="quantity">0 to 100,000.</param>
    /// <param name="expectedVersion">The version the caller saw; null to not care.</param>
    /// <param name="returnView">Whether the answer carries the whole cart: false saves copying a long one.</param>
    [Alias("set-item")]
    Task<CartResult> SetItemAsync(Sku sku, int quantity, long? expectedVersion, bool returnView);

    /// <summary>The cart as committed, at the prices of this moment; null for one that was never created.</summary>
    [Alias("get")]
    Task<CartView?> GetAsync();

    /// <summary>
    /// Turns the cart into an order: freezes it, starts the order's saga and waits for it within a budget. Repeating it under the same
    /// key resumes or repeats, never charges twice.
    /// </summary>
    /// <remarks>
    /// The caller renders what it got and keeps it with <see cref="KeepAnswerAsync"/> before sending it. A caller that is lost in
    /// between costs nothing: the cart closes or reopens by itself.
    /// </remarks>
    [Alias("checkout")]
    Task<CheckoutResult> CheckoutAsync(RequestKey request, CheckoutDetails details);

    /// <summary>Keeps the answer to a checkout, and in the same write closes the cart or opens it again.</summary>
    /// <returns>The answer kept under the key: the first one, whoever was quicker.</returns>
    [Alias("keep-answer")]
    Task<Answer> KeepAnswerAsync(RequestKey request, Answer answer);
}

/// <summary>Who buys, where it goes, and what pays.</summary>
/// <param name="Email">Where the confirmation goes.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PaymentToken">What the payment provider's form gave the client. Never a card number.</param>
[GenerateSerializer, Immutable, Alias("carts.checkout-details")]
public sealed record CheckoutDetails(string Email, Address ShippingAddress, string PaymentToken);

/// <summary>A postal address.</summary>
[GenerateSerializer, Immutable, Alias("carts.address")]
public sealed record Address(string Name, string Line1, string? Line2, string City, string PostalCode, string Country);

/// <summary>Where a cart stands.</summary>
[GenerateSerializer, Alias("carts.cart-status")]
public enum CartStatus
{
    /// <summary>Lines may change.</summary>
    Open,

    /// <summary>A checkout is under way: lines may not change.</summary>
    CheckingOut,

    /// <summary>The cart has become an order, for good.</summary>
    Ordered,
}

/// <summary>A cart as committed, at the prices of this moment.</summary>
[GenerateSerializer, Immutable, Alias("carts.cart-view")]
public sealed record CartView(
    CartId Id, string Currency, CartStatus Status, ImmutableArray<LineView> Items, Totals Totals, OrderId? Order, string? ExternalId,
    DateTimeOffset CreatedAt, long Version);

/// <summary>The answers of <see cref="ICartGrain.SetItemAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("carts.cart-result")]
public abstract record CartResult
{
    private CartResult()
    {
    }

    /// <summary>The cart says so now.</summary>
    /// <param name="Cart">The cart; null when the caller did not ask for it.</param>
    /// <param name="Version">The version after the change.</param>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.changed")]
    public sealed record Changed(CartView? Cart, long Version) : CartResult;

    /// <summary>There is no such cart.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.unknown")]
    public sealed record Unknown : CartResult;

    /// <summary>The SKU is not offered in the cart's currency.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.not-offered")]
    public sealed record NotOffered(Sku Sku) : CartResult;

    /// <summary>The cart has as many lines as a cart may have.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.full")]
    public sealed record Full(int MaxLines) : CartResult;

    /// <summary>The caller saw another version.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : CartResult;

    /// <summary>A checkout is under way.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.checking-out")]
    public sealed record CheckingOut(OrderId Order) : CartResult;

    /// <summary>The cart has become an order.</summary>
    [GenerateSerializer, Immutable, Alias("carts.cart-result.ordered")]
    public sealed record Ordered(OrderId Order) : CartResult;
}

/// <summary>The answers of <see cref="ICartGrain.CheckoutAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("carts.checkout-result")]
public abstract record CheckoutResult
{
    private CheckoutResult()
    {
    }

    /// <summary>The order settled, or goes on beyond the budget: its status says which (<see cref="OrderStatus.Pending"/>).</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.placed")]
    public sealed record Placed(OrderView Order) : CheckoutResult;

    /// <summary>The order failed; the cart is open again. <see cref="OrderView.Failure"/> says why.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.failed")]
    public sealed record Failed(OrderView Order) : CheckoutResult;

    /// <summary>The request was answered before.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.repeated")]
    public sealed record Repeated(Answer Answer) : CheckoutResult;

    /// <summary>The request is running now.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.running")]
    public sealed record Running : CheckoutResult;

    /// <summary>The key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.key-reused")]
    public sealed record KeyReused : CheckoutResult;

    /// <summary>There is no such cart.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.unknown")]
    public sealed record Unknown : CheckoutResult;

    /// <summary>The cart has no lines.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.empty")]
    public sealed record Empty : CheckoutResult;

    /// <summary>A line is no longer offered.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.not-offered")]
    public sealed record NotOffered(Sku Sku) : CheckoutResult;

    /// <summary>Another checkout of the cart is under way.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.checking-out")]
    public sealed record CheckingOut(OrderId Order) : CheckoutResult;

    /// <summary>The cart has become an order.</summary>
    [GenerateSerializer, Immutable, Alias("carts.checkout-result.ordered")]
    public sealed record Ordered(OrderId Order) : CheckoutResult;
}
