using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Carts;

/// <content>One checkout at a time, and the answers of those that were.</content>
internal sealed partial record Cart
{
    /// <summary>How many requests the head keeps; older ones are found in the table of events.</summary>
    public const int StoredRequests = 16;

    /// <summary>The checkout under way: its order's id is durable before the order hears of it.</summary>
    public CheckoutAttempt? Attempt { get; init; }

    /// <summary>The order that the cart has become.</summary>
    public OrderId? Order { get; init; }

    /// <summary>The checkouts that were asked for, the latest last.</summary>
    public ImmutableArray<CheckoutRequest> Requests { get; init; } = [];

    /// <summary>How many requests were dropped from <see cref="Requests"/> before their time was over.</summary>
    public int Forgotten { get; init; }

    /// <summary>What is known of a request; null where the head knows nothing, or no longer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="since">Requests begun before that are forgotten, unless they are still under way.</param>
    public CheckoutRequest? FindRequest(RequestKey request, DateTimeOffset since) => Requests.FirstOrDefault(
        known => known.IsUnder(request) && (known.At >= since || IsUnderWay(known)));

    /// <summary>Freezes the cart for an order.</summary>
    /// <param name="order">The order's id, chosen now and for good.</param>
    /// <param name="request">Under which request.</param>
    /// <param name="details">Who buys, and what pays.</param>
    /// <param name="lines">The lines at the prices of this moment.</param>
    /// <param name="taxInclusive">Whether the prices contain the tax.</param>
    /// <param name="now">The time.</param>
    /// <param name="look">When somebody should look what became of it.</param>
    /// <returns>The refusal; null where the checkout begins.</returns>
    public Decision<CheckoutResult?, CartEvent> BeginCheckout(
        OrderId order, RequestKey request, CheckoutDetails details, ImmutableArray<CartLine> lines, bool taxInclusive,
        DateTimeOffset now, DateTimeOffset look) =>
        RefuseCheckout() is { } refusal
            ? new(refusal, [])
            : new(null, [new CartEvent.CheckoutBegan(
                order, request, details with { PaymentToken = string.Empty }, details.PaymentToken, lines, taxInclusive, now, look)]);

    /// <summary>Why no checkout can begin; null where one can.</summary>
    public CheckoutResult? RefuseCheckout() => this switch
    {
        { Currency: null } => new CheckoutResult.Unknown(),
        { Order: { } order } => new CheckoutResult.Ordered(order),
        { Attempt: { } attempt } => new CheckoutResult.CheckingOut(attempt.Order),
        { Lines.IsEmpty: true } => new CheckoutResult.Empty(),
        _ => null,
    };

    /// <summary>Keeps the answer to a request, and opens or closes the cart if its order has settled.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">What is known of it; null where nothing is.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="status">Where the order stands; null where there is none.</param>
    /// <param name="now">The time.</param>
    /// <returns>The answer kept: the first one.</returns>
    public Decision<Answer, CartEvent> KeepAnswer(
        RequestKey request, CheckoutRequest? known, Answer answer, OrderStatus? status, DateTimeOffset now)
    {
        if (Currency is null || !answer.IsFinal || (known is not null && !known.IsSame(request)))
        {
            return new(answer, []);
        }

        ImmutableArray<CartEvent> end = known?.Order is { } order && status is { } settled ? EndAttempt(order, settled) : [];
        return known?.Answer is { } kept
            ? new(kept, end)
            : new(answer, [new CartEvent.AnswerKept(request, known?.Order, answer, now), .. end]);
    }

    /// <summary>Opens or closes the cart after its order has settled, if that was not done.</summary>
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

    /// <summary>What is known of a request from the events that carry its reference; null where they say nothing of it.</summary>
    public static CheckoutRequest? Recall(IEnumerable<CartEvent> happened) => happened.Aggregate(
        default(CheckoutRequest),
        static (known, next) => next switch
        {
            CartEvent.CheckoutBegan began => new(began.Request, began.Order, Answer: null, began.At),
            CartEvent.AnswerKept kept => new(kept.Request, kept.Order, kept.Answer, known?.At ?? kept.At),
            _ => known,
        });

    private Cart ApplyCheckout(CartEvent happened) => happened switch
    {
        CartEvent.CheckoutBegan began => Remember(new(began.Request, began.Order, Answer: null, began.At)) with
        {
            Lines = began.Lines,
            Attempt = new(began.Order, began.Details, began.Token ?? string.Empty, began.TaxInclusive, began.At, began.ResumeAt),
        },
        CartEvent.AnswerKept kept => Remember(new(kept.Request, kept.Order, kept.Answer, kept.At)),
        CartEvent.Ordered ordered => this with { Order = ordered.Order, Attempt = null },
        CartEvent.Reopened => this with { Attempt = null },
        _ => this,
    };

    private Cart Remember(CheckoutRequest request)
    {
        var before = Requests.FirstOrDefault(known => known.IsUnder(request.Request));
        var requests = Requests
            .RemoveAll(known => known.IsUnder(request.Request))
            .Add(before is { Order: not null } && before.Order == request.Order ? request with { At = before.At } : request);
        return requests.Length > StoredRequests
            ? this with { Requests = requests.Remove(requests.First(known => !IsUnderWay(known))), Forgotten = Forgotten + 1 }
            : this with { Requests = requests };
    }

    private bool IsUnderWay(CheckoutRequest request) => Attempt is { } attempt && request.Order == attempt.Order;
}
