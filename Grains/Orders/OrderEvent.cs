using System.Text.Json.Serialization;
using ActorShop.Accounting;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>What happened to an order: its history.</summary>
[Alias("orders.order-event")]
internal abstract record OrderEvent : IEvent
{
    /// <inheritdoc/>
    public virtual string? Reference => null;

    /// <inheritdoc/>
    public virtual ImmutableArray<string> Topics => [];

    /// <inheritdoc/>
    public virtual ImmutableArray<(string Account, Money Amount)> Postings => [];

    /// <summary>The order began, frozen with its prices.</summary>
    /// <param name="Order">Its id.</param>
    /// <param name="Command">What was placed, without the token.</param>
    /// <param name="Token">The means of payment: the head needs it until the money is held, a history never.</param>
    /// <param name="At">When the saga began.</param>
    /// <param name="Deadline">After this it is only undone.</param>
    /// <param name="ResumeAt">When somebody should look after it.</param>
    [Alias("orders.order-event.placed")]
    internal sealed record Placed(
        OrderId Order, PlaceOrder Command, [property: JsonIgnore] string? Token, DateTimeOffset At, DateTimeOffset Deadline,
        [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;
    }

    /// <summary>All units are set aside. The hold is asked for next; what would undo it is registered herewith.</summary>
    /// <param name="Skus">How many SKUs.</param>
    /// <param name="Undo">What a compensation has to do from now on, in that order.</param>
    [Alias("orders.order-event.reserved")]
    internal sealed record Reserved(int Skus, ImmutableArray<CompensationStep> Undo) : OrderEvent;

    /// <summary>The money is held, or was paid elsewhere. The units are taken out of stock next.</summary>
    [Alias("orders.order-event.authorised")]
    internal sealed record Authorised(DateTimeOffset At) : OrderEvent;

    /// <summary>The order stands.</summary>
    /// <param name="Order">What was sold: a long order is in <see cref="Placed"/> once, and not here again.</param>
    [Alias("orders.order-event.confirmed")]
    internal sealed record Confirmed(SoldOrder Order) : OrderEvent
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        /// <inheritdoc/>
        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Order.Tender is OrderTender.External ? Accounts.Move(Order.Totals.Total, Accounts.Sales, Accounts.Cash) : [];
    }

    /// <summary>The order will not come about: what was done is undone now.</summary>
    /// <param name="Cause">Why.</param>
    /// <param name="Undo">What is to be undone, in that order.</param>
    [Alias("orders.order-event.compensating")]
    internal sealed record Compensating(OrderFailure Cause, ImmutableArray<CompensationStep> Undo) : OrderEvent;

    /// <summary>The order did not come about. Nothing is held and nothing was charged.</summary>
    [Alias("orders.order-event.failed")]
    internal sealed record Failed(OrderFailure Cause) : OrderEvent
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;
    }

    /// <summary>The capture is asked for next.</summary>
    [Alias("orders.order-event.capture-requested")]
    internal sealed record CaptureRequested(string OperationId, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;
    }

    /// <summary>The money is taken.</summary>
    [Alias("orders.order-event.captured")]
    internal sealed record Captured(string OperationId, Money Amount, DateTimeOffset At) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;

        /// <inheritdoc/>
        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Accounts.Move(Amount, Accounts.Sales, Accounts.Cash);
    }

    /// <summary>A refund is asked for next; its units and its money are set aside from other refunds.</summary>
    [Alias("orders.order-event.refund-requested")]
    internal sealed record RefundRequested(
        string OperationId, RefundRequest Request, ImmutableArray<LineReturn> Returns, Money Refund, Money Credit, DateTimeOffset At,
        [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;
    }

    /// <summary>Money went back, and units to the shelf where asked.</summary>
    [Alias("orders.order-event.refunded")]
    internal sealed record Refunded(string OperationId, Refund Refund) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;

        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        /// <inheritdoc/>
        public override ImmutableArray<(string Account, Money Amount)> Postings =>
        [
            .. Accounts.Move(Refund.Refunded, Accounts.Cash, Accounts.Refunds),
            .. Accounts.Move(Refund.Credited, Accounts.CustomerCredit, Accounts.CreditNotes),
        ];
    }

    /// <summary>The order is being called off.</summary>
    [Alias("orders.order-event.cancel-requested")]
    internal sealed record CancelRequested(string OperationId, string Reason, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;
    }

    /// <summary>The order is called off: the hold is given up or the money went back, and the units are on the shelf.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Refund">What comes off the sales, whether it had been captured or not.</param>
    /// <param name="Returned">What of it had been captured and went back.</param>
    [Alias("orders.order-event.cancelled")]
    internal sealed record Cancelled(string OperationId, string Reason, Refund Refund, Money Returned) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;

        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => Projections.ReportingTopics;

        /// <inheritdoc/>
        public override ImmutableArray<(string Account, Money Amount)> Postings =>
            Accounts.Move(Returned, Accounts.Cash, Accounts.Refunds);
    }

    /// <summary>The provider said no to an operation, which had no effect.</summary>
    [Alias("orders.order-event.operation-declined")]
    internal sealed record OperationDeclined(string OperationId, string Code) : OrderEvent
    {
        /// <inheritdoc/>
        public override string? Reference => OperationId;
    }
}
