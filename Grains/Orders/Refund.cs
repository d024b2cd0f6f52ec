using System.Globalization;
using System.Text.Json.Serialization;
using ActorShop.Accounting;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>A refund as the read models see it.</summary>
/// <param name="At">When it happened: stated for imported refunds.</param>
/// <param name="Refunded">What comes off the sale.</param>
/// <param name="Credited">What became a credit note.</param>
internal sealed record Refund(
    DateTimeOffset At, int Lines, long Units, Money Refunded, Money Credited, string? ExternalId, ImmutableArray<RefundItem> Items);

internal sealed partial record Order
{
    public const int MaxPendingOperations = 32;

    /// <summary>Decides what a refund returns of each line, and what is beyond it.</summary>
    public Decision<OrderOperationResult?, OrderEvent> RequestRefund(
        string operationId, RefundRequest request, DateTimeOffset now, OrdersOptions options, long version)
    {
        var currency = Command!.Totals.Total.Currency;
        foreach (var (index, item) in request.Items.Index())
        {
            var (member, money) = item.Amount is { } amount ? (nameof(item.Amount), amount) : (nameof(item.UnitPrice), item.UnitPrice ?? MoneyOf(0));
            if (!string.Equals(money.Currency, currency, StringComparison.Ordinal))
            {
                return new(new OrderOperationResult.CurrencyMismatch(index, member, currency), []);
            }
        }

        if ((RefuseOperation() ?? RefuseRefund()) is { } refusal)
        {
            return Refused(refusal, version);
        }

        var allocation = new RefundAllocation(this);
        if (Take(request, allocation) is { } refused)
        {
            return WouldSuffice(request) ? Refused(new OrderRefusal.OperationInProgress(), version) : new(refused, []);
        }

        if (allocation.Credit > Totals.Max - Credited - Pending.Sum(static operation => operation.Credited))
        {
            return new(new OrderOperationResult.TotalTooLarge(), []);
        }

        return new(null, [new OrderEvent.RefundRequested(
            operationId, request, allocation.Returns, MoneyOf(allocation.Refund), MoneyOf(allocation.Credit), now, now + options.ResumeAfter)]);
    }

    private OrderRefusal? RefuseRefund() => this switch
    {
        _ when Pending.Any(static operation => operation is not OrderOperation.Refund) => new OrderRefusal.OperationInProgress(),
        { PaymentStatus: PaymentStatus.Authorised } => new OrderRefusal.NotCaptured(),
        _ => Pending.Count() < MaxPendingOperations ? null : new OrderRefusal.TooManyOperations(),
    };

    // An unfinished refund may still be declined, which makes its units refundable again.
    private bool WouldSuffice(RefundRequest request)
    {
        var allocation = new RefundAllocation(Pending.Aggregate(this, static (order, operation) => order.SetAside(operation.Returns, sign: -1)));
        return Take(request, allocation) is null;
    }

    private static OrderOperationResult? Take(RefundRequest request, RefundAllocation allocation) =>
        request.Items.Select(item => allocation.Take(item, request.CreditNote)).FirstOrDefault(static refused => refused is not null);
}

internal abstract partial record OrderEvent
{
    /// <summary>The refund is stored and asked for next; its units and money are reserved from other refunds.</summary>
    [Alias("orders.order-event.refund-requested")]
    internal sealed record RefundRequested(
        string OperationId, RefundRequest Request, ImmutableArray<LineReturn> Returns, Money Refund, Money Credit, DateTimeOffset At,
        [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override Order ApplyTo(Order order) => order.SetAside(Returns, sign: 1).Start(new OrderOperation.Refund
        {
            Id = OperationId,
            At = At,
            ResumeAt = ResumeAt,
            Request = Request,
            Returns = Returns,
            Refunded = Refund.Amount,
            Credited = Credit.Amount,
        });
    }

    /// <summary>The money is refunded, and the units are free again where asked.</summary>
    [Alias("orders.order-event.refunded")]
    internal sealed record Refunded(string OperationId, Refund Refund, DateTimeOffset? At = null) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        public override ImmutableArray<(string Account, Money Amount)> Postings =>
        [
            .. Accounts.Move(Refund.Refunded, Accounts.Cash, Accounts.Refunds),
            .. Accounts.Move(Refund.Credited, Accounts.CustomerCredit, Accounts.CreditNotes),
        ];

        public override OperationOutcome? Outcome => new(Refund.Refunded.Amount, Refund.Credited.Amount);

        public override Order ApplyTo(Order order) =>
            order.Finish(OperationId, Outcome!, At).GiveBack(Refund.Refunded.Amount, Refund.Credited.Amount);
    }
}

internal abstract partial record OrderOperation
{
    [Alias("orders.operation.refund")]
    internal sealed record Refund : OrderOperation
    {
        /// <summary>The request of an unfinished refund.</summary>
        public RefundRequest? Request { get; init; }

        public override string Label => "refunding";

        public override ProviderOperation? CallPayment(Order order) =>
            Refunded == 0 ? null : order.CallOf(ProviderOperationKind.Refund, Key(order), order.MoneyOf(Refunded));

        // Units that are not restocked leave the stock, so that what stays allocated is what is still to be shipped.
        public override ImmutableArray<UnitMove> MoveUnits(Order order) =>
        [
            .. Request!.Items.Index().Where(static item => item.Item.Quantity > 0).Select(item => new UnitMove(
                item.Item.Sku,
                item.Item.Quantity,
                string.Create(CultureInfo.InvariantCulture, $"{Key(order)}.{item.Index}"),
                $"refund of order {Order.NumberOf(order.Id)}",
                item.Item.Restock)),
        ];

        public override OrderEvent Complete(Order order, DateTimeOffset now) => new OrderEvent.Refunded(Id, new Orders.Refund(
            Request!.At ?? At,
            Request.Items.Length,
            Request.Items.Sum(static item => (long)item.Quantity),
            order.MoneyOf(Refunded),
            order.MoneyOf(Credited),
            Request.ExternalId,
            Request.Items), now);

        // Only an unfinished refund needs its request.
        public override OrderOperation Finish(OperationOutcome outcome) => (Refund)base.Finish(outcome) with { Request = null };

        private string Key(Order order) => $"{order.Id}.refund.{Id}";
    }
}

internal sealed partial class OrderGrain
{
    public Task<OrderOperationResult> RefundAsync(string operationId, RefundRequest request) =>
        OperateAsync(operationId, () => Head.RequestRefund(operationId, request, Now, options.Value, HeadVersion));
}
