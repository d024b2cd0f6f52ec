using System.Text.Json.Serialization;
using ActorShop.Accounting;
using ActorShop.Payments;

namespace ActorShop.Orders;

internal sealed partial record Order
{
    public Decision<OrderOperationResult?, OrderEvent> RequestCapture(string operationId, DateTimeOffset now, OrdersOptions options, long version)
    {
        var refusal = RefuseOperation() ?? PaymentStatus switch
        {
            not PaymentStatus.Authorised => new OrderRefusal.AlreadyCaptured(),
            _ => RefuseWhileBusy(),
        };
        return refusal is null
            ? new(null, [new OrderEvent.CaptureRequested(operationId, now, now + options.ResumeAfter)])
            : Refused(refusal, version);
    }
}

internal abstract partial record OrderEvent
{
    [Alias("orders.order-event.capture-requested")]
    internal sealed record CaptureRequested(string OperationId, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override Order ApplyTo(Order order) =>
            order.Start(new OrderOperation.Capture { Id = OperationId, At = At, ResumeAt = ResumeAt });
    }

    [Alias("orders.order-event.captured")]
    internal sealed record Captured(string OperationId, Money Amount, DateTimeOffset At) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override ImmutableArray<(string Account, Money Amount)> Postings => Accounts.Move(Amount, Accounts.Sales, Accounts.Cash);

        public override OperationOutcome? Outcome => new();

        public override Order ApplyTo(Order order) =>
            order.Finish(OperationId, Outcome!, At) with { PaymentStatus = PaymentStatus.Captured };
    }
}

internal abstract partial record OrderOperation
{
    [Alias("orders.operation.capture")]
    internal sealed record Capture : OrderOperation
    {
        public override string Label => "capturing";

        public override ProviderOperation CallPayment(Order order) =>
            order.CallOf(ProviderOperationKind.Capture, $"{order.Id}.capture.{Id}", order.Command!.Totals.Total);

        public override OrderEvent Complete(Order order, DateTimeOffset now) => new OrderEvent.Captured(Id, order.Command!.Totals.Total, now);
    }
}

internal sealed partial class OrderGrain
{
    public Task<OrderOperationResult> CaptureAsync(string operationId) =>
        OperateAsync(operationId, () => Head.RequestCapture(operationId, Now, options.Value, HeadVersion));
}
