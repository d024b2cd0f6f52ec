using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Carts;

/// <content>One checkout at a time.</content>
internal sealed partial record Cart
{
    /// <summary>The checkout under way: its order's id is durable before the order hears of it.</summary>
    public CheckoutAttempt? Attempt { get; init; }

    /// <summary>The order that the cart has become.</summary>
    public OrderId? Order { get; init; }

    /// <summary>Freezes the cart for an order.</summary>
    /// <param name="order">The order's id.</param>
    /// <param name="details">Who buys, and what pays.</param>
    /// <param name="lines">The lines at the prices of this moment.</param>
    /// <param name="taxInclusive">Whether the prices contain the tax.</param>
    /// <param name="now">The time.</param>
    /// <param name="look">When somebody should look what became of it.</param>
    /// <returns>The refusal; null where the checkout begins.</returns>
    public Decision<CheckoutResult?, CartEvent> BeginCheckout(
        OrderId order, CheckoutDetails details, ImmutableArray<CartLine> lines, bool taxInclusive,
        DateTimeOffset now, DateTimeOffset look) =>
        RefuseCheckout() is { } refusal
            ? new(refusal, [])
            : new(null, [new CartEvent.CheckoutBegan(
                order, details with { PaymentToken = string.Empty }, details.PaymentToken, lines, taxInclusive, now, look)]);

    /// <summary>Why no checkout can begin; null where one can.</summary>
    public CheckoutResult? RefuseCheckout() => this switch
    {
        { Currency: null } => new CheckoutResult.Unknown(),
        { Order: { } order } => new CheckoutResult.Ordered(order),
        { Attempt: { } attempt } => new CheckoutResult.CheckingOut(attempt.Order),
        { Lines.IsEmpty: true } => new CheckoutResult.Empty(),
        _ => null,
    };

    /// <summary>Reopens or closes the cart once its order has settled.</summary>
    public ImmutableArray<CartEvent> EndAttempt(OrderId order, OrderStatus status) => status switch
    {
        _ when Attempt?.Order != order => [],
        OrderStatus.Pending => [],
        OrderStatus.Failed => [new CartEvent.Reopened(order)],
        _ => [new CartEvent.Ordered(order)],
    };

    /// <summary>What the order of the checkout under way is made of: the same at every attempt.</summary>
    public PlaceOrder CommandOf(CheckoutAttempt attempt, CartId id)
    {
        var lines = LinesOf(Lines, Currency!);
        return new(
            lines,
            Totals.Of(lines, Currency!, attempt.TaxInclusive),
            OrderTender.Card,
            attempt.Token,
            id,
            ExternalId: null,
            CustomerId: null,
            attempt.Details.Email,
            attempt.Details.ShippingAddress,
            attempt.At);
    }

    private Cart ApplyCheckout(CartEvent happened) => happened switch
    {
        CartEvent.CheckoutBegan began => this with
        {
            Lines = began.Lines,
            Attempt = new(began.Order, began.Details, began.Token ?? string.Empty, began.TaxInclusive, began.At, began.ResumeAt),
        },
        CartEvent.Ordered ordered => this with { Order = ordered.Order, Attempt = null },
        CartEvent.Reopened => this with { Attempt = null },
        _ => this,
    };
}
