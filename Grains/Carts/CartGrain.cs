using System.Text.Json;
using ActorShop.Catalog;
using ActorShop.Orders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Carts;

/// <summary>A cart, and the driver of its checkout: two writes, one before the order begins and one with the answer.</summary>
/// <remarks>
/// A line keeps the price its offer had when the line was set: refreshing a thousand lines at every look would cost a thousand
/// calls. At checkout every line is asked for once more, many at a time, and frozen. A cart lives where it is first asked for, and clients spread
/// their questions over the silos by key; its order and the order's payment live beside it, so of a sale only the stocks are elsewhere.
/// </remarks>
[Reentrant, GrainType("cart"), PreferLocalPlacement]
internal sealed partial class CartGrain(
    [PersistentState("cart")] IPersistentState<EntityRecord<Cart, CartEvent>> stored,
    IEventTable events,
    IdSource ids,
    IOptions<CartsOptions> options,
    IOptions<OrdersOptions> orders,
    TimeProvider clock,
    ILogger<CartGrain> logger)
    : EntityGrain<Cart, CartEvent>(stored, clock), ICartGrain
{
    private const int OfferWidth = 64;

    // The external id of a cart that is being created.
    private string? _externalId;

    // The checkout that a caller is waiting for now: its lines may not change even before it is durable.
    private (RequestKey Request, OrderId Order)? _running;

    // Where the order stood when it was last seen, so that keeping the answer need not ask again.
    private OrderView? _seen;
    private IGrainTimer? _look;
    private bool _isLooking;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        LookLater();
    }

    public async Task<CartView?> CreateAsync(string currency, string? externalId)
    {
        ArgumentException.ThrowIfNullOrEmpty(currency);
        _externalId = externalId;
        try
        {
            if (Head.Currency is null && externalId is not null
                && !string.Equals(await GrainFactory.ExternalId(ExternalId.OfCarts, externalId).ClaimAsync(Key), Key, StringComparison.Ordinal))
            {
                return null;
            }

            await CommitAsync(Head.Create(currency, externalId, Now));
        }
        finally
        {
            _externalId = null;
        }

        return View();
    }

    public Task<bool> HoldsExternalIdAsync(string externalId) =>
        Task.FromResult(string.Equals(Head.ExternalId ?? _externalId, externalId, StringComparison.Ordinal));

    public async Task<CartResult> SetItemAsync(Sku sku, int quantity, long? expectedVersion, bool returnView)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, Cart.MaxQuantity);
        if (Head.Currency is not { } currency)
        {
            return new CartResult.Unknown();
        }

        var offer = quantity > 0 ? await FindOfferAsync(sku, currency) : null;
        if (_running is { } running)
        {
            return new CartResult.CheckingOut(running.Order);
        }

        if (await CommitAsync(Head.SetItem(sku, quantity, offer, expectedVersion, HeadVersion)) is { } refusal)
        {
            return refusal;
        }

        return new CartResult.Changed(returnView ? View() : null, CommittedVersion);
    }

    public Task<CartView?> GetAsync() => Task.FromResult(View());

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

    public async Task ResumeAsync()
    {
        // A caller is waiting and will see to it, or somebody looks already.
        if (DeactivatesUnlessDue() || Head.Attempt is not { } attempt || _running is not null || _isLooking)
        {
            return;
        }

        _isLooking = true;
        try
        {
            var order = await PlaceAsync(attempt);
            await CommitAsync(Head.EndAttempt(attempt.Order, order.Status));
        }
        finally
        {
            _isLooking = false;
            LookLater();
        }
    }

    private DateTimeOffset Since => Now - options.Value.AnswerLifetime;

    private CartView? View() => Committed.View(new(Key), orders.Value.TaxInclusive, CommittedVersion);

    private async Task<(string Name, long UnitPrice)?> FindOfferAsync(Sku sku, string currency) =>
        await GrainFactory.Offer(sku).GetAsync() is { Active: true } offer && offer.PriceIn(currency) is { } price
            ? (offer.Name, price.Amount)
            : null;

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

        // Its first caller was lost. The order's id is the same, so it goes on where it was.
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
            order, request, details, lines, orders.Value.TaxInclusive, Now, Now + options.Value.ResumeAfter)) is { } refusal)
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

    private async Task<OrderView> PlaceAsync(CheckoutAttempt attempt)
    {
        var command = Head.CommandOf(attempt, new(Key));
        var began = Clock.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            var left = options.Value.CheckoutBudget - Clock.GetElapsedTime(began);
            try
            {
                return _seen = await GrainFactory.Order(attempt.Order).PlaceAsync(command, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            catch (Exception fault) when (fault is not ArgumentException && left > TimeSpan.Zero)
            {
                // The order's silo is lost, or its write failed: it is asked again under the same id, at once and then after pauses.
                // When the budget is over the fault is told: nobody may be told of an order that is not there yet.
                LogFault(logger, fault, Key, attempt.Order.Value);
            }

            if (tries > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * tries), Clock);
            }
        }
    }

    private async Task<OrderView?> SeeAsync(OrderId order) => _seen is { Status: not OrderStatus.Pending } seen && seen.Id == order
        ? seen
        : await GrainFactory.Order(order).GetAsync();

    private static CheckoutResult ResultOf(OrderView order) => order.Status is OrderStatus.Failed
        ? new CheckoutResult.Failed(order)
        : new CheckoutResult.Placed(order);

    private void LookLater()
    {
        if (Head.Attempt is null || _look is not null)
        {
            return;
        }

        _look = this.RegisterGrainTimer(
            LookAsync, new() { DueTime = options.Value.ResumeAfter, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });
    }

    private Task LookAsync()
    {
        _look?.Dispose();
        _look = null;
        return ResumeAsync();
    }

    [LoggerMessage(3200, LogLevel.Warning, "Cart {Cart} could not reach order {Order}; it is tried again.")]
    private static partial void LogFault(ILogger logger, Exception fault, string cart, string order);
}
