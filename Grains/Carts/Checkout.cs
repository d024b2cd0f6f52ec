using System.Text.Json;
using System.Text.Json.Serialization;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    /// <summary>How many requests the state stores; older ones are found in the event table.</summary>
    public const int StoredRequests = 16;

    /// <summary>The unfinished checkout: the order's id is durable before the order is called.</summary>
    public CheckoutAttempt? Attempt { get; init; }

    /// <summary>The order that the cart has become.</summary>
    public OrderId? Order { get; init; }

    /// <summary>The requested checkouts, the latest last.</summary>
    public ImmutableArray<CheckoutRequest> Requests { get; init; } = [];

    /// <summary>How many requests were dropped from <see cref="Requests"/> before they expired.</summary>
    public int Forgotten { get; init; }

    /// <summary>A stored request; null if the state has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="since">Requests begun earlier have expired, unless they are unfinished.</param>
    public CheckoutRequest? FindRequest(RequestKey request, DateTimeOffset since) => Requests.FirstOrDefault(
        known => known.IsUnder(request) && (known.At >= since || IsUnderWay(known)));

    /// <summary>Freezes the cart for an order.</summary>
    /// <param name="order">The order's id, chosen now and never changed.</param>
    /// <param name="request">The request.</param>
    /// <param name="details">The customer and the means of payment.</param>
    /// <param name="lines">The lines at current prices.</param>
    /// <param name="now">The time.</param>
    /// <param name="resumeAt">When the checkout is resumed if its caller is lost.</param>
    /// <returns>The refusal; null if the checkout begins.</returns>
    public Decision<CheckoutResult?, CartEvent> BeginCheckout(
        OrderId order, RequestKey request, CheckoutDetails details, ImmutableArray<CartLine> lines, DateTimeOffset now, DateTimeOffset resumeAt) =>
        RefuseCheckout() is { } refusal
            ? new(refusal, [])
            : new(null, [new CartEvent.CheckoutBegan(
                order, request, details with { PaymentToken = string.Empty }, details.PaymentToken, lines, now, resumeAt)]);

    /// <summary>Why no checkout can begin; null if one can.</summary>
    public CheckoutResult? RefuseCheckout() => this switch
    {
        { Currency: null } => new CheckoutResult.Unknown(),
        { Order: { } order } => new CheckoutResult.Ordered(order),
        { Attempt: { } attempt } => new CheckoutResult.CheckingOut(attempt.Order),
        { Lines.IsEmpty: true } => new CheckoutResult.Empty(),
        _ => null,
    };

    /// <summary>Stores the answer to a request, and reopens or closes the cart if its order has settled.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The stored request; null if there is none.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="status">The status of the order; null if there is none.</param>
    /// <param name="now">The time.</param>
    /// <returns>The stored answer: the first one.</returns>
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

    /// <summary>The request as the events with its reference have it; null if none has it.</summary>
    public static CheckoutRequest? Recall(IEnumerable<CartEvent> happened) => happened.Aggregate(
        default(CheckoutRequest), static (known, next) => next.Recall(known) ?? known);

    internal Cart Store(CheckoutRequest request)
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

internal abstract partial record CartEvent
{
    /// <summary>The cart is frozen, and an order is made of it next.</summary>
    /// <param name="Order">The order's id, chosen here and never changed.</param>
    /// <param name="Request">The request.</param>
    /// <param name="Details">The customer, without the token.</param>
    /// <param name="Token">The payment token: the attempt needs it, the history never.</param>
    /// <param name="Lines">The lines at current prices.</param>
    /// <param name="At">When.</param>
    /// <param name="ResumeAt">When the checkout is resumed if its caller is lost.</param>
    [Alias("carts.cart-event.checkout-began")]
    internal sealed record CheckoutBegan(
        OrderId Order, RequestKey Request, CheckoutDetails Details, [property: JsonIgnore] string? Token, ImmutableArray<CartLine> Lines,
        DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : CartEvent
    {
        public override string? Reference => ReferenceOf(Request);

        public override CheckoutRequest? Recall(CheckoutRequest? known) => new(Request, Order, Answer: null, At);

        public override Cart ApplyTo(Cart cart) => cart.Store(new(Request, Order, Answer: null, At)) with
        {
            Lines = Lines,
            Attempt = new(Order, Details, Token ?? string.Empty, At, ResumeAt),
        };
    }

    /// <summary>An answer is stored, to be given again to a repeat of the request.</summary>
    [Alias("carts.cart-event.answer-kept")]
    internal sealed record AnswerKept(RequestKey Request, OrderId? Order, Answer Answer, DateTimeOffset At) : CartEvent
    {
        public override string? Reference => ReferenceOf(Request);

        public override CheckoutRequest? Recall(CheckoutRequest? known) => new(Request, Order, Answer, known?.At ?? At);

        public override Cart ApplyTo(Cart cart) => cart.Store(new(Request, Order, Answer, At));
    }

    /// <summary>The cart has become the order, finally.</summary>
    [Alias("carts.cart-event.ordered")]
    internal sealed record Ordered(OrderId Order) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with { Order = Order, Attempt = null };
    }

    /// <summary>The order failed, and the cart is open again.</summary>
    [Alias("carts.cart-event.reopened")]
    internal sealed record Reopened(OrderId Order) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with { Attempt = null };
    }
}

internal sealed partial class CartGrain
{
    public async Task<CheckoutResult> CheckoutAsync(RequestKey request, CheckoutDetails details)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(details);
        if (await FindRequestAsync(request) is { } known)
        {
            return await RepeatAsync(known, request);
        }

        if (_running is { } running)
        {
            return Clash(running, request);
        }

        if (Head.RefuseCheckout() is { } refusal)
        {
            return await CommitAsync(new Decision<CheckoutResult, CartEvent>(refusal, []));
        }

        _running = (request, new OrderId(OrderId.Prefix + ids.Next()));
        try
        {
            return await BeginAsync(_running.Value.Order, request, details);
        }
        finally
        {
            _running = null;
        }
    }

    public async Task<Answer> KeepAnswerAsync(RequestKey request, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        var known = await FindRequestAsync(request);
        var order = known is { Order: { } id } && Head.Attempt?.Order == id ? await SeeAsync(id) : null;

        // Asking the order may have taken a while.
        known = Head.FindRequest(request, Since) ?? known;
        return await CommitAsync(Head.KeepAnswer(request, known, answer, order?.Status, Now));
    }

    private async Task<CheckoutRequest?> FindRequestAsync(RequestKey request)
    {
        if (Head.FindRequest(request, Since) is { } known || Head.Forgotten == 0)
        {
            return Head.FindRequest(request, Since);
        }

        var rows = await events.FindAsync(Key, CartEvent.ReferenceOf(request));
        return Cart.Recall(rows.Select(static row => JsonSerializer.Deserialize<CartEvent>(row.Data, ShopJson.Options)!)) is { } found
            && found.At >= Since ? found : null;
    }

    private async Task<CheckoutResult> RepeatAsync(CheckoutRequest known, RequestKey request)
    {
        if (!known.IsSame(request))
        {
            return new CheckoutResult.KeyReused();
        }

        if (known.Answer is { } answer)
        {
            return await CommitAsync(new Decision<CheckoutResult, CartEvent>(new CheckoutResult.Repeated(answer), []));
        }

        if (_running is not null)
        {
            return new CheckoutResult.Running();
        }

        // Its first caller was lost. The order's id is the same, so the checkout continues.
        _running = (request, known.Order!.Value);
        try
        {
            return Head.Attempt is { } attempt && attempt.Order == known.Order
                ? ResultOf(await PlaceAsync(attempt))
                : ResultOf(await GrainFactory.Order(known.Order.Value).GetAsync() ?? throw new InvalidOperationException(
                    $"Cart {Key} ended the checkout of {known.Order}, which never began."));
        }
        finally
        {
            _running = null;
            LookLater();
        }
    }

    private static CheckoutResult Clash((RequestKey Request, OrderId Order) running, RequestKey request)
    {
        var other = new CheckoutRequest(running.Request, running.Order, Answer: null, default);
        return !other.IsUnder(request)
            ? new CheckoutResult.CheckingOut(running.Order)
            : other.IsSame(request) ? new CheckoutResult.Running() : new CheckoutResult.KeyReused();
    }

    private async Task<CheckoutResult> BeginAsync(OrderId order, RequestKey request, CheckoutDetails details)
    {
        var lines = Head.Lines;
        var offers = await Concurrency.ForEachAsync(lines, OfferWidth, line => FindOfferAsync(line.Sku, Head.Currency!));
        if (Array.FindIndex(offers, static offer => offer is null) is var missing and >= 0)
        {
            return new CheckoutResult.NotOffered(lines[missing].Sku);
        }

        lines = [.. lines.Select((line, index) => line with { Name = offers[index]!.Value.Name, UnitPrice = offers[index]!.Value.UnitPrice })];
        if (await CommitAsync(Head.BeginCheckout(
            order, request, details, lines, Now, Now + options.Value.ResumeAfter)) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return ResultOf(await PlaceAsync(Head.Attempt!));
        }
        finally
        {
            LookLater();
        }
    }
}
