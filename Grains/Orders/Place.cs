using System.Text.Json.Serialization;
using ActorShop.Accounting;
using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

internal sealed partial record Order
{
    /// <summary>The key under which the hold is asked for, at every attempt.</summary>
    public string AuthoriseKey => $"{Id}.authorise";

    /// <summary>The key under which a compensation voids the hold.</summary>
    public string VoidKey => $"{Id}.void";

    /// <summary>Whether money may be held that a compensation has to void.</summary>
    public bool MayBeHeld => Undo.Contains(CompensationStep.Void);

    /// <summary>Whether units may have left the stock that a compensation has to return.</summary>
    public bool MayBeTaken => Undo.Contains(CompensationStep.Restock);

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

    /// <summary>Stores the order before its units are reserved, because a caller is about to receive 202.</summary>
    /// <param name="began">When its saga began; no unit was reserved before.</param>
    public ImmutableArray<OrderEvent> Accept(
        OrderId id, PlaceOrder command, DateTimeOffset began, DateTimeOffset now, OrdersOptions options) =>
        Command is null ? [PlacedBy(id, command, now, began + options.Deadline, options)] : [];

    /// <summary>All units are reserved: the hold may be asked for.</summary>
    /// <param name="command">Not needed if the order is stored.</param>
    public ImmutableArray<OrderEvent> Begin(OrderId id, PlaceOrder? command, DateTimeOffset expiresAt, DateTimeOffset now, OrdersOptions options)
    {
        if (Step is not OrderStep.None)
        {
            return [];
        }

        // Reservations of an earlier attempt, before a crash, may expire sooner than new ones would.
        var margin = (options.ReservationLifetime - options.Deadline) / 2;
        var deadline = now + options.Deadline < expiresAt - margin ? now + options.Deadline : expiresAt - margin;
        var reserved = new OrderEvent.Reserved(
            DemandOf(Command?.Lines ?? command!.Lines).Length, [CompensationStep.Void, CompensationStep.Release]);
        return Command is null ? [PlacedBy(id, command!, now, deadline, options), reserved] : [reserved];
    }

    /// <summary>The order cannot be confirmed: it fails at once, or after the reserved units are released.</summary>
    public ImmutableArray<OrderEvent> Refuse(
        OrderId id, PlaceOrder? command, OrderFailure failure, bool holdsUnits, DateTimeOffset now, OrdersOptions options)
    {
        if (Step is not OrderStep.None)
        {
            return [];
        }

        OrderEvent refused = holdsUnits ? new OrderEvent.Compensating(failure, [CompensationStep.Release]) : new OrderEvent.Failed(failure);
        return Command is null ? [PlacedBy(id, command!, now, now, options), refused] : [refused];
    }

    public ImmutableArray<OrderEvent> Authorise(PaymentResult result, DateTimeOffset now) => (Step, result) switch
    {
        (OrderStep.Authorising, PaymentResult.Done) => [new OrderEvent.Authorised(now)],
        (OrderStep.Authorising, PaymentResult.Declined declined) =>
            [new OrderEvent.Compensating(new(FailureCode.PaymentDeclined, declined.Code), [CompensationStep.Release])],
        _ => [],
    };

    /// <param name="lost">The first SKU whose reservation had expired; null if all units have left the stock.</param>
    public ImmutableArray<OrderEvent> Confirm(Sku? lost) => (Step, lost) switch
    {
        (OrderStep.Confirming, null) => [new OrderEvent.Confirmed(SoldOrder.Of(Id, Command!))],
        (OrderStep.Confirming, _) => [new OrderEvent.Compensating(new(FailureCode.CheckoutExpired, Sku: lost), Undo)],
        _ => [],
    };

    /// <summary>Whether the saga may no longer go forward.</summary>
    public bool IsOverdue(DateTimeOffset now) => Step is OrderStep.Authorising or OrderStep.Confirming && now >= Deadline;

    public ImmutableArray<OrderEvent> Expire(DateTimeOffset now) =>
        IsOverdue(now) ? [new OrderEvent.Compensating(new(FailureCode.CheckoutExpired), Undo)] : [];

    public ImmutableArray<OrderEvent> EndCompensation() => Step is OrderStep.Compensating ? [new OrderEvent.Failed(Failure!)] : [];

    private static bool AddsUp(Line line) => line is { Quantity: > 0, UnitPrice.Amount: >= 0, Taxes: null or { Amount: >= 0 } }
        && line.LineTotal == line.UnitPrice * line.Quantity && (line.Discounts?.Amount ?? 0) is >= 0 and var discounts && discounts <= line.LineTotal.Amount;

    private static OrderEvent.Placed PlacedBy(
        OrderId id, PlaceOrder command, DateTimeOffset now, DateTimeOffset deadline, OrdersOptions options) =>
        new(id, PlacedOrder.Of(command, options), command.PaymentToken, now, deadline, now + options.ResumeAfter);
}

internal abstract partial record OrderEvent
{
    /// <summary>The order began, frozen with its prices.</summary>
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

    /// <summary>All units are reserved. The hold is asked for next; the event states what would undo it.</summary>
    /// <param name="Undo">What a compensation has to undo from now on, in this order.</param>
    [Alias("orders.order-event.reserved")]
    internal sealed record Reserved(int Skus, ImmutableArray<CompensationStep> Undo) : OrderEvent
    {
        public override Order ApplyTo(Order order) => order with { Step = OrderStep.Authorising, Undo = Undo };
    }

    /// <summary>The money is held, or was paid elsewhere. The units leave the stock next.</summary>
    [Alias("orders.order-event.authorised")]
    internal sealed record Authorised(DateTimeOffset At) : OrderEvent
    {
        public override Order ApplyTo(Order order) => order with
        {
            Step = OrderStep.Confirming,
            Token = null,
            PaymentStatus = order.Command!.Tender is OrderTender.External ? PaymentStatus.Captured : PaymentStatus.Authorised,
            Undo = [CompensationStep.Void, CompensationStep.Restock],
        };
    }

    /// <param name="Order">What was sold. The lines of a long order stand in <see cref="Placed"/>, not here again.</param>
    [Alias("orders.order-event.confirmed")]
    internal sealed record Confirmed(SoldOrder Order) : OrderEvent
    {
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Order.Tender is OrderTender.External ? Accounts.Move(Order.Totals.Total, Accounts.Sales, Accounts.Cash) : [];

        public override Order ApplyTo(Order order) => order with { Step = OrderStep.Confirmed, Undo = [] };
    }

    /// <summary>The order fails: what was done is undone next.</summary>
    [Alias("orders.order-event.compensating")]
    internal sealed record Compensating(OrderFailure Cause, ImmutableArray<CompensationStep> Undo) : OrderEvent
    {
        public override Order ApplyTo(Order order) => order with
        {
            Step = OrderStep.Compensating,
            Token = null,
            Undo = Undo,
            Failure = Cause,
            PaymentStatus = Cause.DeclineCode is null ? order.PaymentStatus : PaymentStatus.Declined,
        };
    }

    [Alias("orders.order-event.failed")]
    internal sealed record Failed(OrderFailure Cause) : OrderEvent
    {
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override Order ApplyTo(Order order) => order with
        {
            Step = OrderStep.Failed,
            Token = null,
            Failure = Cause,
            PaymentStatus = order.MayBeHeld ? PaymentStatus.Voided : order.PaymentStatus,
            Undo = [],
        };
    }
}

/// <content>The steps of the checkout saga. Each calls other grains under keys that are the same at every attempt.</content>
internal sealed partial class OrderGrain
{
    // Limits concurrent stock calls per order.
    private const int ReservationWidth = 64;

    public async Task<OrderView> PlaceAsync(PlaceOrder command, TimeSpan timeout)
    {
        Order.Check(command);
        if (Head.Command is null && _command is null)
        {
            _command = command;
            _refusal = null;

            // A cart states when its checkout began; an imported order may have been placed a year ago.
            _began = command.Cart is null ? Now : command.PlacedAt;
        }

        RunSaga();
        await UntilAsync(() => Committed.IsSettled || _refusal is not null, timeout);
        if (Head.Command is null && _refusal is { } refusal)
        {
            return Order.ViewOfUnwritten(new(Key), command, options.Value, refusal);
        }

        if (Committed.Command is null)
        {
            // The caller is about to receive 202, so the order must be durable before we answer.
            await SaveAsync(Head.Accept(new(Key), command, _began, Now, options.Value));
        }

        return Committed.View(CommittedVersion)!;
    }

    private async Task<StepOutcome> ReserveAsync(PlaceOrder? command, DateTimeOffset deadline)
    {
        var id = new OrderId(Key);
        if (Now >= deadline)
        {
            return await SaveStepAsync(Head.Refuse(id, command, new(FailureCode.CheckoutExpired), holdsUnits: true, Now, options.Value));
        }

        if (!await ClaimExternalIdAsync(Head.Command is { } stored ? stored.ExternalId : command!.ExternalId))
        {
            return await RefuseExternalIdAsync(command);
        }

        var demand = Order.DemandOf(Head.Command?.Lines ?? command!.Lines);
        var results = await Concurrency.ForEachAsync(
            demand,
            ReservationWidth,
            wanted => GrainFactory.Stock(wanted.Sku).ReserveAsync(id, wanted.Quantity, options.Value.ReservationLifetime),
            isEnough: static result => result is not ReserveResult.Reserved);

        if (Array.FindIndex(results, static result => result is not null and not ReserveResult.Reserved) is var refused and >= 0)
        {
            var sku = demand[refused].Sku;
            var failure = results[refused] is ReserveResult.Insufficient { Available: var available }
                ? new OrderFailure(FailureCode.InsufficientStock, Sku: sku, Available: available)
                : new OrderFailure(FailureCode.CheckoutExpired, Sku: sku);
            LogCompensating(logger, Key, failure.Code);
            return await SaveStepAsync(Head.Refuse(
                id, command, failure, holdsUnits: results.Any(static result => result is ReserveResult.Reserved), Now, options.Value));
        }

        var expiresAt = results.OfType<ReserveResult.Reserved>().Min(static reserved => reserved.ExpiresAt);
        return await SaveStepAsync(Head.Begin(id, command, expiresAt, Now, options.Value));
    }

    // At every attempt: while nothing is durable, the id may go to another order after a crash.
    private async Task<bool> ClaimExternalIdAsync(string? externalId) =>
        externalId is null
        || string.Equals(await GrainFactory.ExternalId(ExternalId.OfOrders, externalId).ClaimAsync(Key), Key, StringComparison.Ordinal);

    private async Task<StepOutcome> RefuseExternalIdAsync(PlaceOrder? command)
    {
        var refusal = new OrderFailure(FailureCode.ExternalIdTaken);
        if (Head.Command is not null)
        {
            // A caller received 202, so the order's failure must be stored too.
            return await SaveStepAsync(Head.Refuse(new(Key), command, refusal, holdsUnits: true, Now, options.Value));
        }

        _command = null;
        _refusal = refusal;
        _changed.Raise();
        return StepOutcome.Idle;
    }

    private async Task<StepOutcome> AuthoriseAsync()
    {
        var total = Head.Command!.Totals.Total;
        var result = Head.Command.Tender is OrderTender.External
            ? await Payment.RecordExternalAsync(Head.AuthoriseKey, Head.Id, total)
            : await Payment.AuthoriseAsync(Head.AuthoriseKey, Head.Id, total, Head.Token ?? string.Empty);
        return await SaveStepAsync(Head.Authorise(result, Now));
    }

    private async Task<StepOutcome> ConfirmAsync()
    {
        var demand = Order.DemandOf(Head.Command!.Lines);
        var results = await Concurrency.ForEachAsync(
            demand,
            ReservationWidth,
            wanted => GrainFactory.Stock(wanted.Sku).CommitAsync(Head.Id),
            isEnough: static result => result is CommitResult.Lost);
        var lost = Array.FindIndex(results, static result => result is CommitResult.Lost);
        return await SaveStepAsync(Head.Confirm(lost < 0 ? null : demand[lost].Sku));
    }

    private async Task<StepOutcome> CompensateAsync()
    {
        if (Head.MayBeHeld && !await VoidAsync())
        {
            return StepOutcome.Waiting;
        }

        var wanted = Order.DemandOf(Head.Command!.Lines);
        var back = await Concurrency.ForEachAsync(
            wanted, ReservationWidth, units => Head.MayBeTaken ? RestockAsync(units) : ReleaseAsync(units));
        return back.All(static isBack => isBack) ? await SaveStepAsync(Head.EndCompensation()) : StepOutcome.Waiting;
    }

    private async Task<bool> VoidAsync()
    {
        if (Head.Command!.Tender is OrderTender.External)
        {
            // Recorded first, so that a record in flight cannot arrive after the void.
            await Payment.RecordExternalAsync(Head.AuthoriseKey, Head.Id, Head.Command.Totals.Total);
        }

        var result = await Payment.VoidAsync(Head.VoidKey);
        if (result is PaymentResult.Declined declined)
        {
            LogVoidRefused(logger, Key, declined.Code);
        }

        return result is PaymentResult.Done;
    }

    private async Task<bool> ReleaseAsync(Demand wanted)
    {
        await GrainFactory.Stock(wanted.Sku).ReleaseAsync(Head.Id);
        return true;
    }

    // The units may have left the stock or not. Reserving again under the same id finds out: an ended reservation stays ended, and a live
    // one (or a new one, if the old one has expired) is released.
    private async Task<bool> RestockAsync(Demand wanted)
    {
        var stock = GrainFactory.Stock(wanted.Sku);
        switch (await stock.ReserveAsync(Head.Id, wanted.Quantity, options.Value.ReservationLifetime))
        {
            case ReserveResult.Reserved:
                await stock.ReleaseAsync(Head.Id);
                break;
            case ReserveResult.Ended { Committed: true }:
                return await ReturnAsync(
                    new(wanted.Sku, wanted.Quantity, $"{Head.Id}.restock", $"order {Order.NumberOf(Head.Id)} failed"));
        }

        return true;
    }
}
