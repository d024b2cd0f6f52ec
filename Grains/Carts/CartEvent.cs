using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>What happened to a cart.</summary>
[Alias("carts.cart-event")]
internal abstract record CartEvent : IEvent
{
    /// <inheritdoc/>
    public virtual string? Reference => null;

    /// <summary>How a request is found again in the table of events.</summary>
    public static string ReferenceOf(RequestKey request) => $"{request.Scope} {request.Key}";

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
    /// <param name="Order">The order's id, chosen here and for good.</param>
    /// <param name="Request">Under which request.</param>
    /// <param name="Details">Who buys, without the token.</param>
    /// <param name="Token">The means of payment: the attempt needs it, a history never.</param>
    /// <param name="Lines">The lines at the prices of this moment.</param>
    /// <param name="TaxInclusive">Whether the prices contain the tax.</param>
    /// <param name="At">When.</param>
    /// <param name="ResumeAt">When somebody should look what became of it.</param>
    [Alias("carts.cart-event.checkout-began")]
    internal sealed record CheckoutBegan(
        OrderId Order, RequestKey Request, CheckoutDetails Details, [property: JsonIgnore] string? Token, ImmutableArray<CartLine> Lines,
        bool TaxInclusive, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : CartEvent
    {
        /// <inheritdoc/>
        public override string? Reference => ReferenceOf(Request);
    }

    /// <summary>An answer was kept, to be given again to whoever repeats the request.</summary>
    [Alias("carts.cart-event.answer-kept")]
    internal sealed record AnswerKept(RequestKey Request, OrderId? Order, Answer Answer, DateTimeOffset At) : CartEvent
    {
        /// <inheritdoc/>
        public override string? Reference => ReferenceOf(Request);
    }

    /// <summary>The cart has become the order, for good.</summary>
    [Alias("carts.cart-event.ordered")]
    internal sealed record Ordered(OrderId Order) : CartEvent;

    /// <summary>The order failed, and the cart is open again.</summary>
    [Alias("carts.cart-event.reopened")]
    internal sealed record Reopened(OrderId Order) : CartEvent;
}
