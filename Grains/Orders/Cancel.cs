using System.Text.Json.Serialization;
using ActorShop.Accounting;
using ActorShop.Payments;

namespace ActorShop.Orders;

internal sealed partial record Order
{
    public bool Cancelled { get; init; }

    /// <summary>Whether a cancellation has to refund captured money.</summary>
    public bool IsCaptured => PaymentStatus is PaymentStatus.Captured or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded;

    public Decision<OrderOperationResult?, OrderEvent> RequestCancel(
        string operationId, string reason, DateTimeOffset now, OrdersOptions options, long version, bool byCustomer = false) =>
        (RefuseOperation() ?? RefuseShipped() ?? (byCustomer ? RefuseCustomer(now) : null) ?? RefuseWhileBusy()) is { } refusal
            ? Refused(refusal, version)
            : new(null, [new OrderEvent.CancelRequested(operationId, reason, now, now + options.ResumeAfter)]);

    /// <summary>The units of each line that were not returned.</summary>
    public ImmutableArray<LineReturn> RemainingLines() =>
    [
        .. Command!.Lines
            .Select((line, index) => new LineReturn(index, line.Quantity - (Returned.GetValueOrDefault(index)?.Units ?? 0), Amount: 0))
            .Where(static line => line.Units > 0),
    ];

    private bool CanCustomerCancel(DateTimeOffset now) => (RefuseOperation() ?? RefuseShipped() ?? RefuseCustomer(now)) is null;

    private OrderRefusal? RefuseCustomer(DateTimeOffset now) => this switch
    {
        { IsCaptured: true } => new OrderRefusal.AlreadyCaptured(),
        _ => now < (Command!.CancelUntil ?? DateTimeOffset.MaxValue) ? null : new OrderRefusal.CancelWindowOver(),
    };
}

internal abstract partial record OrderEvent
{
    [Alias("orders.order-event.cancel-requested")]
    internal sealed record CancelRequested(
        string OperationId, string Reason, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override Order ApplyTo(Order order) =>
            order.Start(new OrderOperation.Cancel { Id = OperationId, At = At, ResumeAt = ResumeAt, Reason = Reason });
    }

    /// <summary>The order is cancelled: the hold is void or the money refunded, and the units are free again.</summary>
    /// <param name="Refund">What comes off the sales, captured or not.</param>
    /// <param name="Returned">The captured money that was refunded.</param>
    [Alias("orders.order-event.cancelled")]
    internal sealed record Cancelled(string OperationId, string Reason, Refund Refund, Money Returned, DateTimeOffset? At = null) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override ImmutableArray<(string Account, Money Amount)> Postings => Accounts.Move(Returned, Accounts.Cash, Accounts.Refunds);

        public override OperationOutcome? Outcome => new(Refunded: Returned.Amount);

        public override Order ApplyTo(Order order)
        {
            var next = order.Finish(OperationId, Outcome!, At) with { Cancelled = true };
            return order.IsCaptured
                ? next.GiveBack(Returned.Amount, credited: 0) with { PaymentStatus = PaymentStatus.Refunded }
                : next with { PaymentStatus = PaymentStatus.Voided };
        }
    }
}

internal abstract partial record OrderOperation
{
    [Alias("orders.operation.cancel")]
    internal sealed record Cancel : OrderOperation
    {
        public string? Reason { get; init; }

        public override string Label => "cancelling";

        public override ProviderOperation? CallPayment(Order order) => order switch
        {
            { IsCaptured: false } => order.CallOf(ProviderOperationKind.Void, Key(order), order.MoneyOf(0)),
            { RemainingMoney.Amount: 0 } => null,
            _ => order.CallOf(ProviderOperationKind.Refund, Key(order), order.RemainingMoney),
        };

        public override ImmutableArray<UnitMove> MoveUnits(Order order) =>
        [
            .. order.RemainingUnits().Select(units => new UnitMove(
                units.Sku, units.Quantity, Key(order), $"order {Order.NumberOf(order.Id)} was cancelled", Restock: true)),
        ];

        public override OrderEvent Complete(Order order, DateTimeOffset now)
        {
            var remaining = order.RemainingLines();
            var refund = new Orders.Refund(
                At,
                remaining.Length,
                remaining.Sum(static line => (long)line.Units),
                order.RemainingMoney,
                order.MoneyOf(0),
                ExternalId: null,
                [.. remaining.Select(line => new RefundItem(
                    order.Command!.Lines[line.Line].Sku, line.Units, order.Command.Lines[line.Line].UnitPrice, Restock: true))]);
            return new OrderEvent.Cancelled(Id, Reason ?? string.Empty, refund, order.IsCaptured ? order.RemainingMoney : order.MoneyOf(0), now);
        }

        private string Key(Order order) => $"{order.Id}.cancel.{Id}";
    }
}

internal sealed partial class OrderGrain
{
    public Task<OrderOperationResult> CancelAsync(string operationId, string reason) =>
        OperateAsync(operationId, () => Head.RequestCancel(operationId, reason, Now, options.Value, HeadVersion));

    public Task<OrderOperationResult> CancelByCustomerAsync(string operationId, string reason) =>
        OperateAsync(operationId, () => Head.RequestCancel(operationId, reason, Now, options.Value, HeadVersion, byCustomer: true));
}
