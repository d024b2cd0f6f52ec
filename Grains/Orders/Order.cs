using System.Text.Json.Serialization;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>What an order remembers, and the rules of its saga. The rules of operations are in <c>Order.Operations.cs</c>.</summary>
internal sealed partial record Order : IEntity<Order, OrderEvent>
{
    /// <summary>The most lines an order may have.</summary>
    public const int MaxLines = 2_000;

    public OrderId Id { get; init; }

    /// <summary>What was placed; null before the saga began.</summary>
    public PlaceOrder? Command { get; init; }

    /// <summary>The means of payment, as long as it may be needed.</summary>
    public string? Token { get; init; }

    public OrderStep Step { get; init; }

    public DateTimeOffset Deadline { get; init; }

    [JsonPropertyName("look")]
    public DateTimeOffset ResumeAt { get; init; }

    /// <summary>What a compensation would have to do now, or has to do.</summary>
    public ImmutableArray<CompensationStep> Undo { get; init; } = [];

    public OrderFailure? Failure { get; init; }

    public PaymentStatus PaymentStatus { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? Due => IsSettled || Command is null
        ? Pending.Min(static operation => operation.ResumeAt)
        : ResumeAt;

    /// <inheritdoc/>
    public string? Label => Pending.FirstOrDefault() switch
    {
        { Type: OperationType.Capture } => "capturing",
        { Type: OperationType.Refund } => "refunding",
        { Type: OperationType.Cancel } => "cancelling",
        _ => StepName,
    };

    /// <summary>Whether the saga has ended: confirmed or failed.</summary>
    public bool IsSettled => Step is OrderStep.Confirmed or OrderStep.Failed;

    /// <summary>The key under which the hold is asked for, at every attempt.</summary>
    public string AuthoriseKey => $"{Id}.authorise";

    /// <summary>The key under which a compensation gives the hold up.</summary>
    public string VoidKey => $"{Id}.void";

    /// <summary>Whether money may be held that an end of the order would have to give up.</summary>
    public bool MayBeHeld => Undo.Contains(CompensationStep.Void);

    /// <summary>Whether units may have left the stock that an end of the order would have to return.</summary>
    public bool MayBeTaken => Undo.Contains(CompensationStep.Restock);

    private string StepName => Step switch
    {
        OrderStep.None => "reserving",
        OrderStep.Authorising => "authorising",
        OrderStep.Confirming => "confirming",
        OrderStep.Compensating => "compensating",
        OrderStep.Failed => "failed",
        _ => "confirmed",
    };

    /// <summary>Checks what a caller may not get wrong: a broken contract, not a refusal.</summary>
    /// <exception cref="ArgumentException">The command contradicts itself.</exception>
    public static void Check(PlaceOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfZero(command.Lines.Length, nameof(command));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(command.Lines.Length, MaxLines, nameof(command));
        if (command.Tender is OrderTender.Card && string.IsNullOrEmpty(command.PaymentToken))
        {
            throw new ArgumentException("A card order names a token.", nameof(command));
        }

        if (command.Lines.Any(static line => line.Quantity < 1 || line.LineTotal != line.UnitPrice * line.Quantity)
            || command.Totals != Totals.Of(
                command.Lines, command.Totals.Discounts, command.Totals.Taxes, command.Totals.Shipping, command.Totals.TaxInclusive)
            || command.Totals.Total.Amount < 0
            || command.Lines.Sum(static line => (long)line.Quantity) > int.MaxValue)
        {
            throw new ArgumentException("The lines and the totals do not add up.", nameof(command));
        }
    }

    /// <summary>An order taken elsewhere, with prices that contain the tax or not, as all of the installation's do.</summary>
    /// <remarks>A cart has said so already, when it was frozen.</remarks>
    public static PlaceOrder OfInstallation(PlaceOrder command, OrdersOptions options) => command.Cart is null
        ? command with
        {
            Totals = Totals.Of(
                command.Lines, command.Totals.Discounts, command.Totals.Taxes, command.Totals.Shipping, options.TaxInclusive),
        }
        : command;

    /// <summary>The units wanted of each SKU: lines that name one SKU count together.</summary>
    public static ImmutableArray<Demand> DemandOf(ImmutableArray<Line> lines) =>
    [
        .. lines
            .GroupBy(static line => line.Sku)
            .Select(static group => new Demand(group.Key, group.Sum(static line => line.Quantity))),
    ];

    /// <summary>A number for people: ten characters that cannot be mistaken for each other, of the random part of the id.</summary>
    public static string NumberOf(OrderId id)
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var digits = id.Value.Length > 13 ? id.Value[^13..] : id.Value;
        var bits = ulong.TryParse(
            digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : StableHash.Of(id.Value);
        Span<char> number = stackalloc char[11];
        for (var i = 10; i >= 0; i--)
        {
            if (i == 5)
            {
                number[i] = '-';
                continue;
            }

            number[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }

        return new(number);
    }

    /// <summary>Somebody will be told that the order goes on: it has to be there, although its units are not set aside yet.</summary>
    /// <param name="id">The order.</param>
    /// <param name="command">What was placed.</param>
    /// <param name="began">When its saga began; no unit was set aside for it before.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The settings.</param>
    public Decision<bool, OrderEvent> Accept(
        OrderId id, PlaceOrder command, DateTimeOffset began, DateTimeOffset now, OrdersOptions options) => Command is null
        ? new(true, [Placed(id, command, now, began + options.Deadline, options)])
        : new(false, []);

    /// <summary>All units are set aside: the saga begins, and the hold may be asked for.</summary>
    /// <param name="id">The order.</param>
    /// <param name="command">What was placed.</param>
    /// <param name="expiresAt">When the first reservation lapses.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The settings.</param>
    public Decision<bool, OrderEvent> Begin(
        OrderId id, PlaceOrder command, DateTimeOffset expiresAt, DateTimeOffset now, OrdersOptions options)
    {
        if (Step is not OrderStep.None)
        {
            return new(false, []);
        }

        // Reservations of an earlier attempt, before a crash, may lapse sooner than new ones would.
        var margin = (options.ReservationLifetime - options.Deadline) / 2;
        var deadline = now + options.Deadline < expiresAt - margin ? now + options.Deadline : expiresAt - margin;
        var reserved = new OrderEvent.Reserved(DemandOf(command.Lines).Length, [CompensationStep.Void, CompensationStep.Release]);
        return new(true, Command is null ? [Placed(id, command, now, deadline, options), reserved] : [reserved]);
    }

    /// <summary>The order cannot be had: what may be set aside of it is given back, or it has failed at once.</summary>
    public Decision<bool, OrderEvent> Refuse(
        OrderId id, PlaceOrder command, OrderFailure failure, bool holdsUnits, DateTimeOffset now, OrdersOptions options)
    {
        if (Step is not OrderStep.None)
        {
            return new(false, []);
        }

        OrderEvent refused = holdsUnits ? new OrderEvent.Compensating(failure, [CompensationStep.Release]) : new OrderEvent.Failed(failure);
        return new(true, Command is null ? [Placed(id, command, now, now, options), refused] : [refused]);
    }

    /// <summary>The payment said what became of the hold.</summary>
    public Decision<bool, OrderEvent> Authorise(PaymentResult result, DateTimeOffset now) => (Step, result) switch
    {
        (OrderStep.Authorising, PaymentResult.Done) => new(true, [new OrderEvent.Authorised(now)]),
        (OrderStep.Authorising, PaymentResult.Declined declined) => new(true, [
            new OrderEvent.Compensating(
                new("payment_declined", declined.Code, Sku: null, Available: null), [CompensationStep.Release])]),
        _ => new(false, []),
    };

    /// <summary>The stocks said whether the units left them.</summary>
    /// <param name="lost">The first SKU whose reservation had lapsed; null when all units are taken.</param>
    public Decision<bool, OrderEvent> Confirm(Sku? lost)
    {
        if (Step is not OrderStep.Confirming)
        {
            return new(false, []);
        }

        return lost is { } sku
            ? new(true, [new OrderEvent.Compensating(new("checkout_expired", DeclineCode: null, sku, Available: null), Undo)])
            : new(true, [new OrderEvent.Confirmed(SoldOrder.Of(Id, Command!))]);
    }

    /// <summary>Whether the time is over in which the saga may go forward.</summary>
    public bool IsOverdue(DateTimeOffset now) => Step is OrderStep.Authorising or OrderStep.Confirming && now >= Deadline;

    /// <summary>The time is over: what was done is undone.</summary>
    public Decision<bool, OrderEvent> Expire(DateTimeOffset now) => IsOverdue(now)
        ? new(true, [new OrderEvent.Compensating(new("checkout_expired", DeclineCode: null, Sku: null, Available: null), Undo)])
        : new(false, []);

    /// <summary>Everything is undone.</summary>
    public Decision<bool, OrderEvent> EndCompensation() => Step is OrderStep.Compensating
        ? new(true, [new OrderEvent.Failed(Failure!)])
        : new(false, []);

    /// <inheritdoc/>
    public Order Apply(OrderEvent happened) => happened switch
    {
        OrderEvent.Placed placed => this with
        {
            Id = placed.Order,
            Command = placed.Command,
            Token = placed.Token,
            Deadline = placed.Deadline,
            ResumeAt = placed.ResumeAt,
        },
        OrderEvent.Reserved reserved => this with { Step = OrderStep.Authorising, Undo = reserved.Undo },
        OrderEvent.Authorised => this with
        {
            Step = OrderStep.Confirming,
            Token = null,
            PaymentStatus = Command!.Tender is OrderTender.External ? PaymentStatus.Captured : PaymentStatus.Authorised,
            Undo = [CompensationStep.Void, CompensationStep.Restock],
        },
        OrderEvent.Confirmed => this with { Step = OrderStep.Confirmed, Undo = [] },
        OrderEvent.Compensating compensating => this with
        {
            Step = OrderStep.Compensating,
            Token = null,
            Undo = compensating.Undo,
            Failure = compensating.Cause,
            PaymentStatus = compensating.Cause.DeclineCode is null ? PaymentStatus : PaymentStatus.Declined,
        },
        OrderEvent.Failed failed => this with
        {
            Step = OrderStep.Failed,
            Token = null,
            Failure = failed.Cause,
            PaymentStatus = MayBeHeld ? PaymentStatus.Voided : PaymentStatus,
            Undo = [],
        },
        _ => ApplyOperation(happened),
    };

    /// <summary>The order for those who ask; null before it began.</summary>
    public OrderView? View(long version) => Command is { } command ? ViewOf(Id, command, version) : null;

    /// <summary>The order as it looks while nothing about it is durable: pending, or refused before it began.</summary>
    public static OrderView ViewOfUnwritten(OrderId id, PlaceOrder command, OrderFailure? refusal = null) => new Order
    {
        Step = refusal is null ? OrderStep.None : OrderStep.Failed,
        Failure = refusal,
    }.ViewOf(id, command, version: 0);

    private OrderView ViewOf(OrderId id, PlaceOrder command, long version)
    {
        var currency = command.Totals.Total.Currency;
        return new(
            id,
            NumberOf(id),
            Cancelled ? "cancelled" : StepName,
            Status,
            PaymentStatus,
            FulfilmentStatus.Unfulfilled,
            command.Tender,
            command.Lines,
            command.Totals,
            new(Refunded, currency),
            new(Credited, currency),
            Failure,
            Step is OrderStep.None ? null : PaymentOf(id),
            command.Cart,
            command.ExternalId,
            command.CustomerId,
            command.Email,
            command.ShippingAddress,
            command.PlacedAt,
            version);
    }

    /// <summary>The payment of an order: one, named by the same digits.</summary>
    public static PaymentId PaymentOf(OrderId id) => new(PaymentId.Prefix + id.Value[OrderId.Prefix.Length..]);

    private OrderStatus Status => Step switch
    {
        OrderStep.Failed => OrderStatus.Failed,
        OrderStep.Confirmed => Cancelled ? OrderStatus.Cancelled : OrderStatus.Confirmed,
        _ => OrderStatus.Pending,
    };

    private static OrderEvent.Placed Placed(
        OrderId id, PlaceOrder command, DateTimeOffset now, DateTimeOffset deadline, OrdersOptions options) =>
        new(id, command with { PaymentToken = null }, command.PaymentToken, now, deadline, now + options.ResumeAfter);
}
