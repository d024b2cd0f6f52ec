using System.Text.Json.Serialization;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>An order's state. The rules of each operation stand in the file of its name.</summary>
internal sealed partial record Order : IEntity
{
    /// <summary>How many finished operations the head stores; older ones are found in the event table.</summary>
    public const int StoredOperations = 32;

    public OrderId Id { get; init; }

    public PlacedOrder? Command { get; init; }

    /// <summary>The payment token, as long as it may be needed.</summary>
    public string? Token { get; init; }

    public OrderStep Step { get; init; }

    public DateTimeOffset Deadline { get; init; }

    [JsonPropertyName("look")]
    public DateTimeOffset ResumeAt { get; init; }

    public OrderFailure? Failure { get; init; }

    public PaymentStatus PaymentStatus { get; init; }

    public FulfilmentStatus FulfilmentStatus { get; init; }

    /// <summary>The number of the event that confirmed the order; 0 of orders that older versions confirmed.</summary>
    public long SettledVersion { get; init; }

    public long Refunded { get; init; }

    public long Credited { get; init; }

    /// <summary>Units and money returned per line, including unfinished refunds; lines without returns have no entry.</summary>
    public ImmutableSortedDictionary<int, LineReturn> Returned { get; init; } = ImmutableSortedDictionary<int, LineReturn>.Empty;

    /// <summary>Unfinished operations, and the last finished ones.</summary>
    public ImmutableArray<OrderOperation> Operations { get; init; } = [];

    public int Forgotten { get; init; }

    public DateTimeOffset? Due => IsSettled || IsAbsent ? Pending.Min(static operation => operation.ResumeAt) : ResumeAt;

    public string? Label => Pending.FirstOrDefault()?.Label ?? StepName;

    public bool IsSettled => Step is OrderStep.Confirmed or OrderStep.Failed;

    /// <summary>The unfinished operations, oldest first.</summary>
    public IEnumerable<OrderOperation> Pending => Operations.Where(static operation => operation.Pending);

    /// <summary>The order's money after its refunds, including unfinished ones.</summary>
    public Money RemainingMoney => Command!.Totals.Total - MoneyOf(Returned.Values.Sum(static line => line.Amount));

    private OrderStatus Status => Step switch
    {
        OrderStep.Failed => OrderStatus.Failed,
        OrderStep.Confirmed => Cancelled ? OrderStatus.Cancelled : OrderStatus.Confirmed,
        _ => OrderStatus.Pending,
    };

    private string StepName => Step switch
    {
        OrderStep.None => "placing",
        OrderStep.Authorising => "authorising",
        OrderStep.Confirming => "confirming",
        OrderStep.Compensating => "compensating",
        OrderStep.Failed => "failed",
        _ => "confirmed",
    };

    /// <summary>A short number for people: twelve digits of the random part of the id.</summary>
    public static string NumberOf(OrderId id)
    {
        var digits = id.Value.PadLeft(12, '0').ToUpperInvariant();
        return $"{digits[^12..^6]}-{digits[^6..]}";
    }

    /// <summary>The payment of an order: one, with the same digits.</summary>
    public static PaymentId PaymentOf(OrderId id) => new(PaymentId.Prefix + id.Value[OrderId.Prefix.Length..]);

    /// <summary>An order of which nothing is stored: pending, or refused before it began.</summary>
    public static OrderView ViewOfUnwritten(OrderId id, PlaceOrder command, OrdersOptions options, OrderFailure? refusal = null) => new Order
    {
        Step = refusal is null ? OrderStep.None : OrderStep.Failed,
        Failure = refusal,
    }.ViewOf(id, PlacedOrder.Of(command, options), version: 0);

    /// <summary>The order as it was when it settled, which stays the answer to its checkout; as it is if it has not settled, or has failed.</summary>
    public OrderView? SettledView(long version) => Step is not OrderStep.Confirmed || SettledVersion == 0 ? View(version) : (this with
    {
        Operations = [],
        Cancelled = false,
        Refunded = 0,
        Credited = 0,
        PaymentStatus = Command!.Tender is OrderTender.External ? PaymentStatus.Captured : PaymentStatus.Authorised,
        FulfilmentStatus = Command.Fulfilled ? FulfilmentStatus.Fulfilled : FulfilmentStatus.Unfulfilled,
    }).View(SettledVersion);

    public OrderOperation? FindOperation(string operationId) =>
        Operations.FirstOrDefault(operation => string.Equals(operation.Id, operationId, StringComparison.Ordinal));

    /// <summary>Ends an operation whose payment is done and whose units have moved.</summary>
    public ImmutableArray<OrderEvent> Complete(OrderOperation operation, DateTimeOffset now) =>
        IsPending(operation) ? [operation.Complete(this, now)] : [];

    public ImmutableArray<OrderEvent> Decline(OrderOperation operation, string code, DateTimeOffset now) =>
        IsPending(operation) ? [new OrderEvent.OperationDeclined(operation.Id, code, now)] : [];

    public OrderOperationResult AnswerOf(OperationOutcome outcome, long version) => outcome.DeclineCode is { } code
        ? new OrderOperationResult.Declined(View(version)!, code)
        : new OrderOperationResult.Done(View(version)!, MoneyOf(outcome.Refunded), MoneyOf(outcome.Credited));

    /// <param name="now">Decides what the customer may do; by default the time of placing.</param>
    public OrderView? View(long version, DateTimeOffset now = default) => Command is { } command ? ViewOf(Id, command, version, now) : null;

    internal Order Start(OrderOperation operation) => this with { Operations = Operations.Add(operation with { Pending = true }) };

    internal Order Finish(string operationId, OperationOutcome outcome, DateTimeOffset? at)
    {
        if (FindOperation(operationId) is not { } operation)
        {
            return this;
        }

        var paid = operation.CallPayment(this) is { } call ? Pay(call, at, outcome.DeclineCode) : this;
        var operations = Operations.Remove(operation).Add(operation.Finish(outcome));
        if (operations.Count(static operation => !operation.Pending) <= StoredOperations)
        {
            return paid with { Operations = operations };
        }

        var oldest = operations.First(static operation => !operation.Pending);
        return paid with { Operations = operations.Remove(oldest), Forgotten = Forgotten + 1 };
    }

    internal Order GiveBack(long refunded, long credited) => this with
    {
        Refunded = Refunded + refunded,
        Credited = Credited + credited,
        PaymentStatus = Refunded + refunded == 0
            ? PaymentStatus
            : Refunded + refunded < Command!.Totals.Total.Amount ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded,
    };

    internal Order SetAside(ImmutableArray<LineReturn> returns, int sign)
    {
        var all = Returned.ToBuilder();
        foreach (var line in returns)
        {
            var before = all.GetValueOrDefault(line.Line) ?? new(line.Line, 0, 0);
            all[line.Line] = before with { Units = before.Units + (sign * line.Units), Amount = before.Amount + (sign * line.Amount) };
        }

        return this with { Returned = all.ToImmutable() };
    }

    internal Money MoneyOf(long amount) => new(amount, Command!.Totals.Total.Currency);

    private OrderView ViewOf(OrderId id, PlacedOrder command, long version, DateTimeOffset now = default)
    {
        var currency = command.Totals.Total.Currency;
        return new(
            id,
            NumberOf(id),
            Cancelled ? "cancelled" : StepName,
            Status,
            PaymentStatus,
            FulfilmentStatus,
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
            CanCustomerCancel(now) ? ["cancel"] : [],
            version,
            command.TraceId);
    }

    private bool IsPending(OrderOperation operation) => FindOperation(operation.Id) is { Pending: true };

    private OrderRefusal? RefuseOperation() => Step is not OrderStep.Confirmed
        ? new OrderRefusal.OrderNotConfirmed()
        : Cancelled ? new OrderRefusal.AlreadyCancelled() : null;

    private OrderRefusal.OperationInProgress? RefuseWhileBusy() => Pending.Any() ? new OrderRefusal.OperationInProgress() : null;

    // A refusal that rests on something unfinished is not final: the same operation may be allowed in a moment.
    private Decision<OrderOperationResult?, OrderEvent> Refused(OrderRefusal refusal, long version) => !IsSettled || Pending.Any()
        ? new(new OrderOperationResult.Busy(View(version)!, refusal), [])
        : new(new OrderOperationResult.Refused(View(version)!, refusal), []);
}
