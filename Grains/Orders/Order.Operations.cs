using ActorShop.Payments;

namespace ActorShop.Orders;

/// <content>Capture, refund and cancellation: each with its own id, and its own small state while it is under way.</content>
internal sealed partial record Order
{
    /// <summary>How many finished operations the head keeps; older ones are found in the table of events.</summary>
    public const int StoredOperations = 32;

    /// <summary>How many operations may be under way at once.</summary>
    public const int MaxPendingOperations = 32;

    public bool Cancelled { get; init; }

    /// <summary>What went back of the money, by finished refunds and a cancellation.</summary>
    public long Refunded { get; init; }

    /// <summary>What became credit notes.</summary>
    public long Credited { get; init; }

    /// <summary>What came back of each line, refunds under way among it; lines of which nothing did have no entry.</summary>
    public ImmutableSortedDictionary<int, LineReturn> Returned { get; init; } = ImmutableSortedDictionary<int, LineReturn>.Empty;

    /// <summary>Operations under way, and the last finished ones.</summary>
    public ImmutableArray<OrderOperation> Operations { get; init; } = [];

    /// <summary>How many finished operations were dropped from <see cref="Operations"/>.</summary>
    public int Forgotten { get; init; }

    /// <summary>The operations under way, oldest first.</summary>
    public IEnumerable<OrderOperation> Pending => Operations.Where(static operation => operation.Pending);

    /// <summary>The provider's key of an operation.</summary>
    public string KeyOf(OrderOperation operation) => operation.Type switch
    {
        OperationType.Capture => $"{Id}.capture.{operation.Id}",
        OperationType.Refund => $"{Id}.refund.{operation.Id}",
        _ => $"{Id}.cancel.{operation.Id}",
    };

    /// <summary>The operation with an id; null where the head has none.</summary>
    public OrderOperation? FindOperation(string operationId) =>
        Operations.FirstOrDefault(operation => string.Equals(operation.Id, operationId, StringComparison.Ordinal));

    /// <summary>Decides whether the money may be taken.</summary>
    /// <returns>Why not; null where the operation begins.</returns>
    public Decision<OrderOperationResult?, OrderEvent> RequestCapture(
        string operationId, DateTimeOffset now, OrdersOptions options, long version)
    {
        var refusal = RefuseOperation() ?? PaymentStatus switch
        {
            PaymentStatus.Authorised => Pending.Any() ? "operation_in_progress" : null,
            _ => "already_captured",
        };
        return refusal is null
            ? new(null, [new OrderEvent.CaptureRequested(operationId, now, now + options.ResumeAfter)])
            : Refused(refusal, version);
    }

    /// <summary>Decides whether the order may be called off.</summary>
    public Decision<OrderOperationResult?, OrderEvent> RequestCancel(
        string operationId, string reason, DateTimeOffset now, OrdersOptions options, long version)
    {
        var refusal = RefuseOperation() ?? (Pending.Any() ? "operation_in_progress" : null);
        return refusal is null
            ? new(null, [new OrderEvent.CancelRequested(operationId, reason, now, now + options.ResumeAfter)])
            : Refused(refusal, version);
    }

    /// <summary>Decides what a refund gives back of each line, and what of it can only be a credit note.</summary>
    public Decision<OrderOperationResult?, OrderEvent> RequestRefund(
        string operationId, RefundRequest request, DateTimeOffset now, OrdersOptions options, long version)
    {
        var refusal = RefuseOperation() ?? (PaymentStatus, Pending.Any(static operation => operation.Type is not OperationType.Refund)) switch
        {
            (_, true) => "operation_in_progress",
            (PaymentStatus.Authorised, _) => "not_captured",
            _ => Pending.Count() < MaxPendingOperations ? null : "too_many_operations",
        };
        if (refusal is not null)
        {
            return Refused(refusal, version);
        }

        var allocation = new RefundAllocation(this);
        foreach (var item in request.Items)
        {
            if (allocation.Take(item) is { } refundable)
            {
                return WouldSuffice(request)
                    ? Refused("operation_in_progress", version)
                    : new(new OrderOperationResult.NoSuchLine(item.Sku, refundable), []);
            }
        }

        return new(null, [new OrderEvent.RefundRequested(
            operationId, request, allocation.Returns, MoneyOf(allocation.Refund), MoneyOf(allocation.Credit), now, now + options.ResumeAfter)]);
    }

    /// <summary>The money is taken.</summary>
    public Decision<bool, OrderEvent> EndCapture(OrderOperation operation, DateTimeOffset now) => IsPending(operation)
        ? new(true, [new OrderEvent.Captured(operation.Id, Command!.Totals.Total, now)])
        : new(false, []);

    /// <summary>The money went back, and the units.</summary>
    public Decision<bool, OrderEvent> EndRefund(OrderOperation operation)
    {
        if (!IsPending(operation))
        {
            return new(false, []);
        }

        var request = operation.Request!;
        return new(true, [new OrderEvent.Refunded(operation.Id, new Refund(
            request.At ?? operation.At,
            request.Items.Length,
            request.Items.Sum(static item => (long)item.Quantity),
            MoneyOf(operation.Refunded),
            MoneyOf(operation.Credited),
            request.ExternalId,
            request.Items))]);
    }

    /// <summary>The hold is given up or the money went back, and the units are on the shelf.</summary>
    public Decision<bool, OrderEvent> EndCancel(OrderOperation operation)
    {
        if (!IsPending(operation))
        {
            return new(false, []);
        }

        var remaining = RemainingLines();
        var refund = new Refund(
            operation.At,
            remaining.Length,
            remaining.Sum(static line => (long)line.Units),
            RemainingMoney,
            MoneyOf(0),
            ExternalId: null,
            [.. remaining.Select(line => new RefundItem(
                Command!.Lines[line.Line].Sku, line.Units, Command.Lines[line.Line].UnitPrice, Restock: true))]);
        return new(true, [
            new OrderEvent.Cancelled(operation.Id, operation.Reason ?? string.Empty, refund, IsCaptured ? RemainingMoney : MoneyOf(0))]);
    }

    /// <summary>The provider said no to an operation.</summary>
    public Decision<bool, OrderEvent> Decline(OrderOperation operation, string code) => IsPending(operation)
        ? new(true, [new OrderEvent.OperationDeclined(operation.Id, code)])
        : new(false, []);

    /// <summary>Whether money was taken that a cancellation has to give back.</summary>
    public bool IsCaptured => PaymentStatus is PaymentStatus.Captured or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded;

    /// <summary>What is left of the order's money after its refunds.</summary>
    public Money RemainingMoney => Command!.Totals.Total - MoneyOf(Returned.Values.Sum(static line => line.Amount));

    /// <summary>The units that a cancellation puts back, by SKU.</summary>
    public ImmutableArray<Demand> RemainingUnits() =>
    [
        .. RemainingLines()
            .GroupBy(line => Command!.Lines[line.Line].Sku)
            .Select(static group => new Demand(group.Key, group.Sum(static line => line.Units))),
    ];

    /// <summary>What an operation was answered, or would be.</summary>
    public OrderOperationResult AnswerOf(OrderOperation operation, long version) => operation switch
    {
        { Pending: true } => new OrderOperationResult.Pending(View(version)!),
        { DeclineCode: { } code } => new OrderOperationResult.Declined(View(version)!, code),
        _ => new OrderOperationResult.Done(View(version)!, MoneyOf(operation.Refunded), MoneyOf(operation.Credited)),
    };

    /// <summary>What an operation that the head forgot came to, from the event that ended it; null for other events.</summary>
    public static OrderOperation? Recall(OrderEvent happened) => happened switch
    {
        OrderEvent.Captured captured => new() { Id = captured.OperationId, Type = OperationType.Capture },
        OrderEvent.Refunded refunded => new()
        {
            Id = refunded.OperationId,
            Type = OperationType.Refund,
            Refunded = refunded.Refund.Refunded.Amount,
            Credited = refunded.Refund.Credited.Amount,
        },
        OrderEvent.Cancelled cancelled => new()
        {
            Id = cancelled.OperationId,
            Type = OperationType.Cancel,
            Refunded = cancelled.Returned.Amount,
        },
        OrderEvent.OperationDeclined declined => new() { Id = declined.OperationId, DeclineCode = declined.Code },
        _ => null,
    };

    private Order ApplyOperation(OrderEvent happened) => happened switch
    {
        OrderEvent.CaptureRequested requested => Start(new()
        {
            Id = requested.OperationId,
            Type = OperationType.Capture,
            At = requested.At,
            ResumeAt = requested.ResumeAt,
        }),
        OrderEvent.CancelRequested requested => Start(new()
        {
            Id = requested.OperationId,
            Type = OperationType.Cancel,
            At = requested.At,
            ResumeAt = requested.ResumeAt,
            Reason = requested.Reason,
        }),
        OrderEvent.RefundRequested requested => SetAside(requested.Returns, sign: 1).Start(new()
        {
            Id = requested.OperationId,
            Type = OperationType.Refund,
            At = requested.At,
            ResumeAt = requested.ResumeAt,
            Request = requested.Request,
            Returns = requested.Returns,
            Refunded = requested.Refund.Amount,
            Credited = requested.Credit.Amount,
        }),
        OrderEvent.Captured => Finish(Recall(happened)!) with { PaymentStatus = PaymentStatus.Captured },
        OrderEvent.Refunded refunded => Finish(Recall(happened)!)
            .GiveBack(refunded.Refund.Refunded.Amount, refunded.Refund.Credited.Amount),
        OrderEvent.Cancelled cancelled => (Finish(Recall(happened)!) with { Cancelled = true }) is var next && IsCaptured
            ? next.GiveBack(cancelled.Returned.Amount, credited: 0) with { PaymentStatus = PaymentStatus.Refunded }
            : next with { PaymentStatus = PaymentStatus.Voided },
        OrderEvent.OperationDeclined declined => SetAside(FindOperation(declined.OperationId)?.Returns ?? [], sign: -1)
            .Finish(Recall(happened)! with { Type = FindOperation(declined.OperationId)?.Type ?? default }),
        _ => this,
    };

    private Order Start(OrderOperation operation) => this with { Operations = Operations.Add(operation with { Pending = true }) };

    private Order Finish(OrderOperation finished)
    {
        var operations = Operations.RemoveAll(operation => string.Equals(operation.Id, finished.Id, StringComparison.Ordinal)).Add(finished);
        if (operations.Count(static operation => !operation.Pending) <= StoredOperations)
        {
            return this with { Operations = operations };
        }

        var oldest = operations.First(static operation => !operation.Pending);
        return this with { Operations = operations.Remove(oldest), Forgotten = Forgotten + 1 };
    }

    private Order GiveBack(long refunded, long credited) => this with
    {
        Refunded = Refunded + refunded,
        Credited = Credited + credited,
        PaymentStatus = Refunded + refunded == 0
            ? PaymentStatus
            : Refunded + refunded < Command!.Totals.Total.Amount ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded,
    };

    private Order SetAside(ImmutableArray<LineReturn> returns, int sign)
    {
        var all = Returned.ToBuilder();
        foreach (var line in returns)
        {
            var before = all.GetValueOrDefault(line.Line) ?? new(line.Line, 0, 0);
            all[line.Line] = before with { Units = before.Units + (sign * line.Units), Amount = before.Amount + (sign * line.Amount) };
        }

        return this with { Returned = all.ToImmutable() };
    }

    private bool IsPending(OrderOperation operation) => FindOperation(operation.Id) is { Pending: true };

    private string? RefuseOperation() => Step is not OrderStep.Confirmed
        ? "order_not_confirmed"
        : Cancelled ? "already_cancelled" : null;

    // Refunds that are under way may still be declined, and what they set aside is back then.
    private bool WouldSuffice(RefundRequest request)
    {
        var allocation = new RefundAllocation(Pending.Aggregate(this, static (order, operation) => order.SetAside(operation.Returns, sign: -1)));
        return request.Items.All(item => allocation.Take(item) is null);
    }

    // What is under way passes; whoever asks again when it has passed must not be told the same.
    private Decision<OrderOperationResult?, OrderEvent> Refused(string code, long version) => !IsSettled || Pending.Any()
        ? new(new OrderOperationResult.Busy(View(version)!, code), [])
        : new(new OrderOperationResult.Refused(View(version)!, code), []);

    private ImmutableArray<LineReturn> RemainingLines() =>
    [
        .. Command!.Lines
            .Select((line, index) => new LineReturn(index, line.Quantity - (Returned.GetValueOrDefault(index)?.Units ?? 0), Amount: 0))
            .Where(static line => line.Units > 0),
    ];

    private Money MoneyOf(long amount) => new(amount, Command!.Totals.Total.Currency);
}
