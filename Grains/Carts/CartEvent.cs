using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>What happened to a cart.</summary>
[Alias("carts.cart-event")]
internal abstract record CartEvent : IEvent
{
    private CartEvent()
    {
    }

    /// <summary>The cart began.</summary>
    [Alias("carts.cart-event.created")]
    internal sealed record Created(string Currency, string? ExternalId, DateTimeOffset At) : CartEvent;

    /// <summary>A line is new or says something else now.</summary>
    [Alias("carts.cart-event.item-set")]
    internal sealed record ItemSet(CartLine Line) : CartEvent;

    /// <summary>A line is gone.</summary>
    [Alias("carts.cart-event.item-removed")]
    internal sealed record ItemRemoved(Sku Sku) : CartEvent;

    /// <summary>The cart is frozen, and an order is made of it next.</summary>
    /// <param name="Order">The order's id, made from the request's operation id.</param>
    /// <param name="Details">Who buys, without the token.</param>
    /// <param name="Token">The means of payment: the attempt needs it, a history never.</param>
    /// <param name="Lines">The lines at the prices of this moment.</param>
    /// <param name="TaxInclusive">Whether the prices contain the tax.</param>
    /// <param name="At">When.</param>
    /// <param name="ResumeAt">When somebody should look what became of it.</param>
    [Alias("carts.cart-event.checkout-began")]
    internal sealed record CheckoutBegan(
        OrderId Order, CheckoutDetails Details, [property: JsonIgnore] string? Token, ImmutableArray<CartLine> Lines,
        bool TaxInclusive, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : CartEvent;

    /// <summary>Carts once stored the answers of their checkouts. Read from old streams, and no longer written.</summary>
    [Alias("carts.cart-event.answer-kept")]
    internal sealed record AnswerKept : CartEvent;

    /// <summary>The cart has become the order, for good.</summary>
    [Alias("carts.cart-event.ordered")]
    internal sealed record Ordered(OrderId Order) : CartEvent;

    /// <summary>The order failed, and the cart is open again.</summary>
    [Alias("carts.cart-event.reopened")]
    internal sealed record Reopened(OrderId Order) : CartEvent;
}
