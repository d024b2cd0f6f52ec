using System.Text.Json;
using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <content>
/// Orders that the version before ADR 20 placed: their units left the stock before they were confirmed, and a grain of its own recorded the payment.
/// Those in the steps reserving and authorising go on as orders that are being placed: the keys are the same.
/// </content>
internal sealed partial record Order
{
    /// <summary>What the old saga has to undo: nothing of orders that this version placed.</summary>
    public ImmutableArray<CompensationStep> Undo { get; init; } = [];

    /// <summary>Whether units may have left the stock before the order was confirmed.</summary>
    public bool MayBeTaken => Undo.Contains(CompensationStep.Restock);

    /// <summary>Whether the outcomes of the first payment operations are those of the old payment grain.</summary>
    public bool HasOldPayments => PaymentStatus is not PaymentStatus.None
        && !Payments.Any(static done => done.Kind is "authorise" or "record_external") && SettledVersion == 0;

    public ImmutableArray<OrderEvent> ConfirmOld(OrderFailure? failure, DateTimeOffset now, long version) => (Step, failure) switch
    {
        (not OrderStep.Confirming, _) => [],
        (_, null) => [new OrderEvent.Confirmed(SoldOrder.Of(Id, Command!), now, version)],
        _ => [new OrderEvent.Compensating(failure, Undo, now)],
    };
}

internal abstract partial record OrderEvent
{
    [Alias("orders.order-event.reserved")]
    internal sealed record Reserved(int Skus, ImmutableArray<CompensationStep> Undo) : OrderEvent
    {
        public override Order ApplyTo(Order order) => order with { Step = OrderStep.Authorising, Undo = Undo };
    }

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
}

internal sealed partial class OrderGrain
{
    // The money is held. Units that are neither reserved nor gone are reserved anew.
    private async Task<StepOutcome> ConfirmOldAsync()
    {
        var demand = Order.DemandOf(Head.Command!.Lines);
        var has = await Concurrency.ForEachAsync(demand, ReservationWidth, async wanted =>
        {
            var stock = GrainFactory.Stock(wanted.Sku);
            var reserved = await stock.ReserveAsync(Head.Id, wanted.Quantity);
            return await stock.EndReservationAsync(Head.Id, ReservationEnd.Allocated) != EndedReservation.Nothing || reserved is ReserveResult.Reserved;
        });
        var failure = Head.IsOverdue(Now) ? new OrderFailure(FailureCode.CheckoutExpired)
            : Array.IndexOf(has, false) is var lost and >= 0 ? new(FailureCode.CheckoutExpired, Sku: demand[lost].Sku) : null;
        return await SaveStepAsync(Head.ConfirmOld(failure, Now, HeadVersion + 1));
    }

    private async Task<ImmutableArray<PaymentOperation>> FindOldPaymentsAsync() =>
    [
        .. (await events.ReadAsync(Order.PaymentOf(new(Key)).Value, after: 0, limit: 1_000)).Select(static row =>
            JsonSerializer.Deserialize<OldPayment>(row.Data, ShopJson.Options)!.ToOperation(row.Type)),
    ];

    /// <summary>An event of the old payment grain.</summary>
    internal sealed record OldPayment(string Key, Money Amount, DateTimeOffset At, ProviderOperationKind? Operation = null, string? Code = null)
    {
        public PaymentOperation ToOperation(string type) => new(Key, (Operation, type) switch
        {
            ({ } declined, _) => JsonNamingPolicy.SnakeCaseLower.ConvertName(declined.ToString()),
            (_, "authorised") => "authorise",
            (_, "captured") => "capture",
            (_, "refunded") => "refund",
            (_, "voided") => "void",
            _ => "record_external",
        }, Amount, Code, At);
    }
}
