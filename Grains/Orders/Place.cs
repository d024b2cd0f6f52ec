using System.Text.Json.Serialization;
using ActorShop.Accounting;
using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

internal sealed partial record Order
{
    /// <summary>A checkout that counts as not executed.</summary>
    public static readonly OrderFailure Interruption = new(FailureCode.CheckoutExpired, Interrupted: true);

    /// <summary>Nothing is stored: neither an intent, nor that there will be none.</summary>
    public bool IsAbsent => Command is null && Step is OrderStep.None;

    /// <summary>The intent is decided, and not yet whether it is confirmed.</summary>
    public bool IsPlacing => Command is not null && Step is OrderStep.None or OrderStep.Authorising;

    /// <summary>What becomes of the units that are reserved for the order.</summary>
    public ReservationEnd ReservationEnd => this switch
    {
        { Step: OrderStep.Failed } or { Cancelled: true } => ReservationEnd.Released,
        { Step: not OrderStep.Confirmed } => ReservationEnd.Undecided,
        { IsShipped: true, Command.Fulfilled: false } => ReservationEnd.Released,
        _ => Taking,
    };

    /// <summary>How a confirmed order takes its units.</summary>
    public ReservationEnd Taking => Command!.Fulfilled ? ReservationEnd.Shipped : ReservationEnd.Allocated;

    /// <summary>Checks what a caller may not get wrong: a broken contract, not a refusal.</summary>
    /// <exception cref="ArgumentException">The command contradicts itself.</exception>
    public static void Check(PlaceOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfZero(command.Lines.Length, nameof(command));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(command.Lines.Length, Line.MaxCount, nameof(command));
        if (command.Tender is OrderTender.Card && string.IsNullOrEmpty(command.PaymentToken))
        {
            throw new ArgumentException("A card order has a payment token.", nameof(command));
        }

        var totals = Totals.Of(command.Lines, command.Lines[0].UnitPrice.Currency, command.TaxInclusive ?? true, command.Shipping, command.ShippingTaxes);
        if (command.Lines.Any(static line => !AddsUp(line)) || command.Lines.Sum(static line => (long)line.Quantity) > int.MaxValue
            || totals.Shipping.Amount < 0 || totals.Total.Amount > Totals.Max)
        {
            throw new ArgumentException("The lines do not add up.", nameof(command));
        }
    }

    /// <summary>The units wanted of each SKU: lines of one SKU count together.</summary>
    public static ImmutableArray<Demand> DemandOf(ImmutableArray<Line> lines) =>
    [
        .. lines
            .GroupBy(static line => line.Sku)
            .Select(static group => new Demand(group.Key, group.Sum(static line => line.Quantity))),
    ];

    /// <summary>Stores the intent.</summary>
    /// <param name="command">Not needed if the intent is stored.</param>
    public ImmutableArray<OrderEvent> Place(OrderId id, PlaceOrder? command, DateTimeOffset now, OrdersOptions options) => !IsAbsent
        ? []
        : [new OrderEvent.Placed(id, PlacedOrder.Of(command!, options), command!.PaymentToken, now, now + options.Deadline, now + options.ResumeAfter)];

    /// <summary>Ends an order that is not stored, before its intent can be.</summary>
    public ImmutableArray<OrderEvent> EndIfAbsent(OrderId id) => IsAbsent ? [new OrderEvent.Failed(Interruption, Order: id)] : [];

    /// <param name="version">The number of the event.</param>
    public ImmutableArray<OrderEvent> Settle(ProviderAnswer answer, DateTimeOffset now, long version) => answer switch
    {
        _ when !IsPlacing => [],
        ProviderAnswer.Done when !IsOverdue(now) => [new OrderEvent.Confirmed(SoldOrder.Of(Id, Command!), now, version)],
        ProviderAnswer.Declined declined => Compensate(new(FailureCode.PaymentDeclined, declined.Code), now),
        _ => [],
    };

    public ImmutableArray<OrderEvent> Compensate(OrderFailure failure, DateTimeOffset now) =>
        IsPlacing ? [new OrderEvent.Compensating(failure, Undo, now)] : [];

    /// <summary>Whether the saga may no longer go forward.</summary>
    public bool IsOverdue(DateTimeOffset now) => Command is not null && now >= Deadline;

    public ImmutableArray<OrderEvent> EndCompensation(DateTimeOffset now) =>
        Step is OrderStep.Compensating ? [new OrderEvent.Failed(Failure!, now)] : [];

    private static bool AddsUp(Line line) => line is { Quantity: > 0, UnitPrice.Amount: >= 0, Taxes: null or { Amount: >= 0 } }
        && line.LineTotal == line.UnitPrice * line.Quantity && (line.Discounts?.Amount ?? 0) is >= 0 and var discounts && discounts <= line.LineTotal.Amount;
}

internal abstract partial record OrderEvent
{
    /// <summary>The intent: the order began, frozen with its prices.</summary>
    /// <param name="Token">The payment token: the state needs it until the money is held, the history never.</param>
    [Alias("orders.order-event.placed")]
    internal sealed record Placed(
        OrderId Order, PlacedOrder Command, [property: JsonIgnore] string? Token, DateTimeOffset At, DateTimeOffset Deadline,
        [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override Order ApplyTo(Order order) => order with
        {
            Id = Order,
            Command = Command,
            Token = Token,
            Deadline = Deadline,
            ResumeAt = ResumeAt,
        };
    }

    /// <summary>Units are reserved, and the money is held or was paid elsewhere.</summary>
    /// <param name="Order">What was sold. The lines of a long order stand in <see cref="Placed"/>, not here again.</param>
    /// <param name="Version">The number of the event; 0 of events that older versions stored.</param>
    [Alias("orders.order-event.confirmed")]
    internal sealed record Confirmed(SoldOrder Order, DateTimeOffset? At = null, long Version = 0) : OrderEvent
    {
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Order.Tender is OrderTender.External ? Accounts.Move(Order.Totals.Total, Accounts.Sales, Accounts.Cash) : [];

        public override Order ApplyTo(Order order)
        {
            var isExternal = Order.Tender is OrderTender.External;
            var paid = order.IsCharged || isExternal
                ? order.Pay(order.AuthoriseKey, isExternal ? "record_external" : "authorise", Order.Totals.Total, At)
                : order;
            return paid with
            {
                Step = OrderStep.Confirmed,
                Token = null,
                Undo = [],
                PaymentStatus = isExternal ? PaymentStatus.Captured : PaymentStatus.Authorised,
                FulfilmentStatus = order.Command!.Fulfilled ? FulfilmentStatus.Fulfilled : FulfilmentStatus.Unfulfilled,
                SettledVersion = Version,
            };
        }
    }

    /// <summary>The order fails: what was done is undone next.</summary>
    [Alias("orders.order-event.compensating")]
    internal sealed record Compensating(OrderFailure Cause, ImmutableArray<CompensationStep> Undo, DateTimeOffset? At = null) : OrderEvent
    {
        public override Order ApplyTo(Order order) => (Cause.DeclineCode is { } code ? order.Pay(order.Authorisation, At, code) : order) with
        {
            Step = OrderStep.Compensating,
            Token = null,
            Undo = Undo,
            Failure = Cause,
            PaymentStatus = Cause.DeclineCode is null ? order.PaymentStatus : PaymentStatus.Declined,
        };
    }

    /// <param name="Order">With an order of which nothing else is stored.</param>
    [Alias("orders.order-event.failed")]
    internal sealed record Failed(OrderFailure Cause, DateTimeOffset? At = null, OrderId? Order = null) : OrderEvent
    {
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override Order ApplyTo(Order order) => (order.IsCharged ? order.Pay(order.Void, At) : order) with
        {
            Id = Order ?? order.Id,
            Step = OrderStep.Failed,
            Token = null,
            Failure = Cause,
            PaymentStatus = order is { IsCharged: true, PaymentStatus: not PaymentStatus.Declined } ? PaymentStatus.Voided : order.PaymentStatus,
            Undo = [],
        };
    }
}

/// <content>The checkout saga: two flushes, with the provider's call between them (ADR 20).</content>
internal sealed partial class OrderGrain
{
    // Limits concurrent stock calls per order.
    private const int ReservationWidth = 64;

    // The command, until the intent is decided; and why it was refused before.
    private PlaceOrder? _command;
    private OrderFailure? _refusal;

    // The first flush is durable everywhere, and stays so while the order is pending.
    private bool _isPlaced;

    // What the stocks say. Reservations do not end while the order is pending.
    private Task<OrderFailure?>? _reserving;

    // By SKU, those that this activation knows to be in the stocks. The first of an order needs no look into the ledger.
    private ImmutableArray<(Sku Sku, long? Number)> _reservations = [];

    // Whether the cart's row names the order. The cart that placed the order says so itself: a call to a cart that is being deactivated
    // would wait for the calls in it, and so for the order.
    private bool _isNamed;
    private bool _awaitsCart;

    public async Task<OrderView> PlaceAsync(PlaceOrder command, TimeSpan timeout)
    {
        Order.Check(command);
        if (Head.IsAbsent && _command is null)
        {
            _command = command;
            _refusal = null;
            _awaitsCart = command.Attempt is not null;
        }

        RunSaga();
        await UntilAsync(
            () => Committed.IsSettled || _refusal is not null || (_awaitsCart && !Committed.IsAbsent && _reserving is { IsCompletedSuccessfully: true }),
            timeout);
        if (Committed.IsAbsent && _refusal is null)
        {
            // The caller is about to receive 202, so the intent must be durable before we answer.
            await (Head.IsAbsent ? UntilAsync(() => !Committed.IsAbsent || _refusal is not null, options.Value.OperationTimeout) : CommitAsync([]));
        }

        return Committed switch
        {
            { Command: not null } => Committed.SettledView(CommittedVersion)!,
            { IsSettled: true } => Order.ViewOfUnwritten(new(Key), command, options.Value, Order.Interruption),
            _ when _refusal is { } refusal => Order.ViewOfUnwritten(new(Key), command, options.Value, refusal),
            _ => throw new TimeoutException($"Order {Key} is not stored yet."),
        };
    }

    public async Task<OrderView?> EndIfAbsentAsync(TimeSpan timeout, CartAttempt? named = null)
    {
        _awaitsCart = false;
        _isNamed = _isNamed || (named is not null && named == Head.Command?.Attempt);
        if (Head.IsAbsent)
        {
            await SaveAsync(Head.EndIfAbsent(new(Key)));
        }
        else
        {
            RunSaga();
            await UntilAsync(() => Committed.IsSettled, timeout);
            await CommitAsync([]);
        }

        return Committed.SettledView(CommittedVersion);
    }

    public async Task<ReservationEnd> GetReservationEndAsync()
    {
        if (Head.IsAbsent && _command is null)
        {
            await SaveAsync(Head.EndIfAbsent(new(Key)));
        }

        return Committed.ReservationEnd;
    }

    private async Task<StepOutcome> PlaceStepAsync()
    {
        if (!await ClaimExternalIdAsync((Head.Command?.ExternalId) ?? _command?.ExternalId))
        {
            return await RefuseExternalIdAsync();
        }

        var (isOverdue, isStored) = (Head.IsOverdue(Now), !Head.IsAbsent);
        if (isStored && !Head.IsPlacing)
        {
            return StepOutcome.Progress;
        }

        var intent = SaveAsync(Head.Place(new(Key), _command, Now, options.Value));
        if (!_isPlaced || isOverdue)
        {
            // The first flush. No step goes on before it is durable everywhere, and a failure is final only if the cart names the order.
            var awaitsCart = _awaitsCart;
            var adopting = awaitsCart ? Task.FromResult(false) : AdoptAsync();
            var reserving = isOverdue ? Task.FromResult<OrderFailure?>(new(FailureCode.CheckoutExpired)) : ReserveOnceAsync();
            await Task.WhenAll(intent, adopting, reserving);
            if (awaitsCart)
            {
                _changed.Raise();
                return _awaitsCart ? StepOutcome.Idle : StepOutcome.Progress;
            }

            if ((await adopting ? await reserving : Order.Interruption) is { } failure)
            {
                LogCompensating(logger, Key, failure.Code);
                return await SaveStepAsync(Head.Compensate(failure, Now));
            }

            _isPlaced = true;
        }

        await intent;
        var answer = await AskProviderAsync(Head.Authorisation);
        var outcome = await SaveStepAsync(Head.Settle(answer, Now, HeadVersion + 1));
        if (Head.Step is OrderStep.Confirmed)
        {
            _ = TellStocksAsync();
        }

        return outcome;
    }

    // At every attempt: while nothing is durable, the id may go to another order after a crash.
    private async Task<bool> ClaimExternalIdAsync(string? externalId) =>
        externalId is null
        || string.Equals(await GrainFactory.ExternalId(ExternalId.OfOrders, externalId).ClaimAsync(Key), Key, StringComparison.Ordinal);

    private async Task<StepOutcome> RefuseExternalIdAsync()
    {
        var refusal = new OrderFailure(FailureCode.ExternalIdTaken);
        if (!Head.IsAbsent)
        {
            // A caller received 202, so the order's failure must be stored too.
            return await SaveStepAsync(Head.Compensate(refusal, Now));
        }

        _command = null;
        _refusal = refusal;
        _changed.Raise();
        return StepOutcome.Idle;
    }

    private Task<bool> AdoptAsync() => !_isNamed && Head.Command is { Cart: { } cart, Attempt: { } attempt }
        ? GrainFactory.GetGrain<ICheckoutSource>(GrainId.Create("cart", cart.Value)).AdoptAsync(Head.Id, attempt)
        : Task.FromResult(true);

    private Task<OrderFailure?> ReserveOnceAsync() =>
        _reserving is null or { IsFaulted: true } or { IsCanceled: true } ? _reserving = ReserveAsync() : _reserving;

    private async Task<OrderFailure?> ReserveAsync()
    {
        var demand = Order.DemandOf(Head.Command!.Lines);
        var results = await Concurrency.ForEachAsync(
            demand,
            ReservationWidth,
            wanted => GrainFactory.Stock(wanted.Sku).ReserveAsync(Head.Id, wanted.Quantity),
            isEnough: static result => result is ReserveResult.Insufficient);
        _reservations = [.. demand.Zip(results, static (wanted, result) => (wanted.Sku, (result as ReserveResult.Reserved)?.Number))];
        return results.Index()
            .Select(result => result.Item is ReserveResult.Insufficient { Available: var available }
                ? new OrderFailure(FailureCode.InsufficientStock, Sku: demand[result.Index].Sku, Available: available)
                : null)
            .FirstOrDefault(static failure => failure is not null);
    }

    // Nobody waits for it. A stock that is not told asks.
    private async Task TellStocksAsync()
    {
        try
        {
            await Concurrency.ForEachAsync(
                _reservations.RemoveAll(static reserved => reserved.Number is null),
                ReservationWidth,
                reserved => GrainFactory.Stock(reserved.Sku).EndReservationAsync(Head.Id, Head.Taking, reserved.Number!.Value));
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or IOException or OperationCanceledException)
        {
            LogNotTold(logger, fault, Key);
        }
    }

    private async Task<StepOutcome> CompensateAsync()
    {
        // An authorisation that this activation does not remember may be in flight: a void is final, and declines it.
        if (await AskProviderAsync(Head.Void) is not ProviderAnswer.Done and var answer)
        {
            LogVoidRefused(logger, Key, answer.ToString());
            return StepOutcome.Waiting;
        }

        var back = await Concurrency.ForEachAsync(Order.DemandOf(Head.Command!.Lines), ReservationWidth, GiveBackAsync);
        return back.All(static isBack => isBack) ? await SaveStepAsync(Head.EndCompensation(Now)) : StepOutcome.Waiting;
    }

    private async Task<bool> GiveBackAsync(Demand wanted)
    {
        if (Head.MayBeTaken)
        {
            return await MoveAsync(new(wanted.Sku, wanted.Quantity, $"{Head.Id}.restock", $"order {Order.NumberOf(Head.Id)} failed", Restock: true));
        }

        await GrainFactory.Stock(wanted.Sku).EndReservationAsync(Head.Id, ReservationEnd.Released);
        return true;
    }
}
