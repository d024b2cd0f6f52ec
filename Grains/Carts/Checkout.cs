using System.Globalization;
using System.Text.Json.Serialization;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Carts;

internal sealed partial record Cart
{
    /// <summary>The unfinished checkout.</summary>
    public CheckoutAttempt? Attempt { get; init; }

    /// <summary>The checkouts that have ended, oldest first.</summary>
    public ImmutableArray<CheckoutAttempt> Ended { get; init; } = [];

    public OrderId? Order { get; init; }

    /// <summary>The last attempt of a request; null if it has none.</summary>
    public CheckoutAttempt? Find(string key) => Ended.Append(Attempt).LastOrDefault(attempt => string.Equals(attempt?.Attempt?.Key, key, StringComparison.Ordinal));

    /// <summary>The order of the next attempt: the same whatever activation makes it, so that a repeat does not compete with the request.</summary>
    public OrderId NextOrder(CartId id, string key) =>
        new(OrderId.Prefix + IdSource.Of(ChangedAt ?? CreatedAt, string.Create(CultureInfo.InvariantCulture, $"{id} {Ended.Length + 1} {key}")));

    /// <summary>The command of an attempt.</summary>
    public PlaceOrder CommandOf(CartId id, ImmutableArray<CartLine> lines, CheckoutDetails details, CartAttempt attempt, DateTimeOffset now) => new(
        LinesOf(lines, Currency!),
        OrderTender.Card,
        details.PaymentToken,
        id,
        ExternalId: null,
        CustomerId: null,
        details.Email,
        details.ShippingAddress,
        now,
        Attempt: attempt,
        TraceId: details.TraceId);

    /// <summary>Freezes the cart. The order is called beside the write.</summary>
    public ImmutableArray<CartEvent> BeginCheckout(
        OrderId order, CartAttempt attempt, IReadOnlyDictionary<Sku, long> prices, DateTimeOffset now, CartsOptions options) =>
        [.. TakePrices(prices), new CartEvent.CheckoutBegan(order, attempt, now, now + options.ResumeAfter, Renew(now, options))];

    /// <summary>Names an order that another activation began, if the cart is still what the order is based on.</summary>
    public ImmutableArray<CartEvent> Adopt(OrderId order, CartAttempt attempt, long version, DateTimeOffset now, CartsOptions options) =>
        RefuseCheckout() is null && version == attempt.CartVersion ? BeginCheckout(order, attempt, new Dictionary<Sku, long>(), now, options) : [];

    /// <summary>Whether the row names an order together with the version on which it is based.</summary>
    public bool Names(OrderId order, CartAttempt attempt) =>
        (Attempt is { } open && open.Order == order && open.Attempt == attempt) || Order == order;

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

    internal ImmutableArray<CheckoutAttempt> EndedWithThis => Attempt is { Attempt: not null } ended ? Ended.Add(ended) : Ended;
}

internal abstract partial record CartEvent
{
    /// <summary>The cart is frozen, and an order is made of it.</summary>
    [Alias("carts.cart-event.checkout-began")]
    internal sealed record CheckoutBegan(
        OrderId Order, CartAttempt? Attempt, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt,
        [property: JsonPropertyName("expires")] DateTimeOffset? ExpiresAt = null) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with { ExpiresAt = ExpiresAt ?? cart.ExpiresAt, Attempt = new(Order, Attempt, At, ResumeAt) };
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
        public override Cart ApplyTo(Cart cart) => cart with { Order = Order, Attempt = null, Ended = cart.EndedWithThis, ExpiresAt = null };
    }

    [Alias("carts.cart-event.reopened")]
    internal sealed record Reopened(OrderId Order) : CartEvent
    {
        public override Cart ApplyTo(Cart cart) => cart with { Attempt = null, Ended = cart.EndedWithThis };
    }
}

internal sealed partial class CartGrain
{
    private const int MaxTries = 4;

    public async Task<CheckoutResult> CheckoutAsync(RequestKey request, CheckoutDetails details)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(details);
        var key = request.Digest;
        if (_running is { } running && string.Equals(running.Key, key, StringComparison.Ordinal))
        {
            return string.Equals(running.Fingerprint, request.Fingerprint, StringComparison.Ordinal) ? await running.Result : new CheckoutResult.KeyReused();
        }

        // A repeat is answered from its order, whatever the cart does now.
        if (Head.Find(key) is { } known && await RepeatAsync(known, request.Fingerprint, isRepeat: true) is { } repeated)
        {
            return repeated;
        }

        if (_running is not null)
        {
            return new CheckoutResult.CheckingOut(Head.Attempt?.Order);
        }

        var result = CheckoutOnceAsync(key, request.Fingerprint, details);
        _running = (key, request.Fingerprint, result);
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

    public async Task<bool> AdoptAsync(OrderId order, CartAttempt attempt)
    {
        await CommitAsync(Head.Names(order, attempt) || HeadVersion != CommittedVersion ? [] : Head.Adopt(order, attempt, HeadVersion, Now, options.Value));
        return Committed.Names(order, attempt);
    }

    private async Task<CheckoutResult> CheckoutOnceAsync(string key, string fingerprint, CheckoutDetails details)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (Head.Find(key) is { } known)
            {
                if (await RepeatAsync(known, fingerprint, isRepeat: false) is { } result)
                {
                    return result;
                }
            }
            else if (Head.Attempt is { } other)
            {
                await SettleAsync(other, TimeSpan.Zero);
            }

            if (Head.RefuseCheckout() is { } refusal)
            {
                return await CommitAsync(new Decision<CheckoutResult, CartEvent>(refusal, []));
            }

            if (await BeginAsync(key, fingerprint, details) is { } answer)
            {
                return answer;
            }
        }

        throw new OrleansException($"The checkout of cart {Key} was interrupted again and again.");
    }

    /// <returns>Null if the order counts as not executed.</returns>
    private async Task<CheckoutResult?> RepeatAsync(CheckoutAttempt known, string fingerprint, bool isRepeat) =>
        string.Equals(known.Attempt!.Fingerprint, fingerprint, StringComparison.Ordinal)
            ? ResultOf(await SettleAsync(known, options.Value.CheckoutTimeout), isRepeat)
            : await CommitAsync(new Decision<CheckoutResult, CartEvent>(new CheckoutResult.KeyReused(), []));

    /// <returns>Null if nothing was executed.</returns>
    private async Task<CheckoutResult?> BeginAsync(string key, string fingerprint, CheckoutDetails details)
    {
        var cart = Head;
        var offers = await FindOffersAsync(cart);

        // The attempt is based on a version that is durable: another version with its number may follow one that is not.
        await CommitAsync([]);
        if (!ReferenceEquals(Head, cart) || HeadVersion != CommittedVersion)
        {
            return null;
        }

        if (details.MaxUnits < cart.Lines.Sum(static line => (long)line.Quantity))
        {
            return new CheckoutResult.TooManyUnits();
        }

        if (Array.FindIndex(offers, static offer => offer is null) is var missing and >= 0)
        {
            return new CheckoutResult.NotOffered(cart.Lines[missing].Sku);
        }

        ImmutableArray<CartLine> lines =
            [.. cart.Lines.Select((line, index) => line with { Name = offers[index]!.Value.Name, UnitPrice = offers[index]!.Value.UnitPrice })];
        if (RefusePrices(lines, offers, details.ExpectedTotal) is { } changed)
        {
            return changed;
        }

        var (order, attempt, now) = (cart.NextOrder(new(Key), key), new CartAttempt(HeadVersion, key, fingerprint), Now);
        var written = CommitAsync(cart.BeginCheckout(order, attempt, PricesOf(cart, offers), now, options.Value));
        var command = cart.CommandOf(new(Key), lines, details, attempt, now);
        var began = Clock.GetTimestamp();
        OrderView? view = await AskAsync(order, began, (grain, left) => NewGrain.CallAsync(order.Value, () => grain.PlaceAsync(command, left)));
        if (view.Status is OrderStatus.Pending)
        {
            await written;
            view = await AskAsync(order, began, (grain, left) => grain.EndIfAbsentAsync(left, attempt));
        }

        return ResultOf(End(order, view), isRepeat: false);
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

    /// <summary>Asks an order of the cart how it has settled. One that is not stored never will be.</summary>
    private async Task<OrderView?> SettleAsync(CheckoutAttempt known, TimeSpan timeout)
    {
        // The attempt may be on its way to the store. An order that was acknowledged is not forgotten by its cart.
        await CommitAsync([]);
        return End(known.Order, await GrainFactory.Order(known.Order).EndIfAbsentAsync(timeout, known.Attempt));
    }

    // The write is not awaited: whatever is decided on it waits for it.
    private OrderView? End(OrderId order, OrderView? view)
    {
        CommitAsync(Head.EndAttempt(order, view?.Status ?? OrderStatus.Failed)).Ignore();
        return view;
    }

    /// <returns>Null if the order counts as not executed.</returns>
    private static CheckoutResult? ResultOf(OrderView? order, bool isRepeat) => order switch
    {
        null or { Failure.Interrupted: true } => null,
        { Status: OrderStatus.Failed } => new CheckoutResult.Failed(order, isRepeat),
        _ => new CheckoutResult.Placed(order, isRepeat),
    };
}
