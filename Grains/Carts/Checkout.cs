using System.Text.Json.Serialization;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    /// <summary>The unfinished checkout: the order's id is durable before the order is called.</summary>
    public CheckoutAttempt? Attempt { get; init; }

    public OrderId? Order { get; init; }

    public Decision<CheckoutResult?, CartEvent> BeginCheckout(
        OrderId order, CheckoutDetails details, ImmutableArray<CartLine> lines, DateTimeOffset now, CartsOptions options) =>
        RefuseCheckout() is { } refusal
            ? new(refusal, [])
            : new(null, [new CartEvent.CheckoutBegan(
                order, details with { PaymentToken = string.Empty, ExpectedTotal = null }, details.PaymentToken, lines, now, now + options.ResumeAfter,
                Renew(now, options))]);

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

    /// <summary>The command of the unfinished checkout: the same at every attempt.</summary>
    public PlaceOrder CommandOf(CheckoutAttempt attempt, CartId id) => new(
        LinesOf(Lines, Currency!),
        OrderTender.Card,
        attempt.Token,
        id,
        ExternalId: null,
        CustomerId: null,
        attempt.Details.Email,
        attempt.Details.ShippingAddress,
        attempt.At);
}

internal abstract partial record CartEvent
{
    /// <summary>The cart is frozen, and an order is made of it next.</summary>
    /// <param name="Token">The payment token: the attempt needs it, the history never.</param>
    [Alias("carts.cart-event.checkout-began")]
    internal sealed record CheckoutBegan(
        OrderId Order, CheckoutDetails Details, [property: JsonIgnore] string? Token, ImmutableArray<CartLine> Lines,
        DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt,
        [property: JsonPropertyName("expires")] DateTimeOffset? ExpiresAt = null) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with
        {
            ExpiresAt = ExpiresAt ?? cart.ExpiresAt,
            Lines = Lines,
            Attempt = new(Order, Details, Token ?? string.Empty, At, ResumeAt),
        };
    }

    /// <summary>Older versions stored the answers of checkouts in the cart. The event is still read, and no longer written.</summary>
    [Alias("carts.cart-event.answer-kept")]
    internal sealed record AnswerKept : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart;
    }

    [Alias("carts.cart-event.ordered")]
    internal sealed record Ordered(OrderId Order) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with { Order = Order, Attempt = null, ExpiresAt = null };
    }

    [Alias("carts.cart-event.reopened")]
    internal sealed record Reopened(OrderId Order) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with { Attempt = null };
    }
}

internal sealed partial class CartGrain
{
    public async Task<CheckoutResult> CheckoutAsync(OrderId order, CheckoutDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (_running is { } running)
        {
            return running.Order == order ? await running.Result : new CheckoutResult.CheckingOut(running.Order);
        }

        var result = CheckoutOnceAsync(order, details);
        _running = (order, result);
        try
        {
            return await result;
        }
        finally
        {
            _running = null;
            ResumeLater();
        }
    }

    private async Task<CheckoutResult> CheckoutOnceAsync(OrderId order, CheckoutDetails details)
    {
        if (Head.Attempt is { } attempt && attempt.Order == order)
        {
            return await FinishAsync(attempt);
        }

        // A repeat of a checkout that has ended gets the order, whatever happened to the cart since.
        if (Head.Currency is not null && await GrainFactory.Order(order).GetAsync() is { } known)
        {
            return ResultOf(known);
        }

        if (Head.RefuseCheckout() is { } refusal)
        {
            return await CommitAsync(new Decision<CheckoutResult, CartEvent>(refusal, []));
        }

        var lines = Head.Lines;
        if (details.MaxUnits < lines.Sum(static line => (long)line.Quantity))
        {
            return new CheckoutResult.TooManyUnits();
        }

        var offers = await FindOffersAsync(Head);
        if (Array.FindIndex(offers, static offer => offer is null) is var missing and >= 0)
        {
            return new CheckoutResult.NotOffered(lines[missing].Sku);
        }

        lines = [.. lines.Select((line, index) => line with { Name = offers[index]!.Value.Name, UnitPrice = offers[index]!.Value.UnitPrice })];
        if (RefusePrices(lines, offers, details.ExpectedTotal) is { } changed)
        {
            return await CommitAsync(new Decision<CheckoutResult, CartEvent>(changed, []));
        }

        return await CommitAsync(Head.BeginCheckout(order, details, lines, Now, options.Value))
            ?? await FinishAsync(Head.Attempt!);
    }

    private CheckoutResult? RefusePrices(
        ImmutableArray<CartLine> current, (string Name, long UnitPrice, ProductId Product)?[] offers, Money? expectedTotal)
    {
        var cart = View(Head, HeadVersion, current, offers, Now)!;
        if (cart.Totals.Total.Amount > Totals.Max)
        {
            return new CheckoutResult.TotalTooLarge();
        }

        return Head.Agrees(current, cart.Totals.Total, expectedTotal) ? null : new CheckoutResult.PriceChanged(cart);
    }

    // The cart is closed or open again before its caller is answered.
    private async Task<CheckoutResult> FinishAsync(CheckoutAttempt attempt)
    {
        var order = await PlaceAsync(attempt);
        await CommitAsync(Head.EndAttempt(attempt.Order, order.Status));
        return ResultOf(order);
    }
}
