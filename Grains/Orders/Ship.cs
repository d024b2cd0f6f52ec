using System.Text.Json.Serialization;
using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

internal sealed partial record Order
{
    public bool IsShipped => FulfilmentStatus is FulfilmentStatus.Fulfilled;

    public Decision<OrderOperationResult?, OrderEvent> RequestShip(string operationId, DateTimeOffset now, OrdersOptions options, long version) =>
        (RefuseOperation() ?? RefuseShipped() ?? (OrderRefusal?)RefuseWhileBusy() ?? RefuseEmpty()) is { } refusal
            ? Refused(refusal, version)
            : new(null, [new OrderEvent.ShipRequested(operationId, now, now + options.ResumeAfter)]);

    /// <summary>The units of each SKU that were not returned.</summary>
    public IEnumerable<Demand> RemainingUnits() => RemainingLines()
        .GroupBy(line => Command!.Lines[line.Line].Sku)
        .Select(static group => new Demand(group.Key, group.Sum(static line => line.Units)));

    private OrderRefusal.AlreadyShipped? RefuseShipped() => IsShipped ? new OrderRefusal.AlreadyShipped() : null;

    private OrderRefusal.NothingToShip? RefuseEmpty() => RemainingLines().IsEmpty ? new OrderRefusal.NothingToShip() : null;
}

internal abstract partial record OrderEvent
{
    [Alias("orders.order-event.ship-requested")]
    internal sealed record ShipRequested(string OperationId, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override Order ApplyTo(Order order) => order.Start(new OrderOperation.Ship { Id = OperationId, At = At, ResumeAt = ResumeAt });
    }

    [Alias("orders.order-event.shipped")]
    internal sealed record Shipped(string OperationId, DateTimeOffset At) : OrderEvent
    {
        public override string? Reference => OperationId;

        public override OperationOutcome? Outcome => new();

        public override Order ApplyTo(Order order) => order.Finish(OperationId, Outcome!, At) with { FulfilmentStatus = FulfilmentStatus.Fulfilled };
    }
}

internal abstract partial record OrderOperation
{
    [Alias("orders.operation.ship")]
    internal sealed record Ship : OrderOperation
    {
        public override string Label => "shipping";

        public override ProviderOperation? CallPayment(Order order) => null;

        public override ImmutableArray<UnitMove> MoveUnits(Order order) =>
        [
            .. order.RemainingUnits().Select(units => new UnitMove(
                units.Sku, units.Quantity, $"{order.Id}.ship.{Id}", $"order {Order.NumberOf(order.Id)} was shipped", Restock: false)),
        ];

        public override OrderEvent Complete(Order order, DateTimeOffset now) => new OrderEvent.Shipped(Id, now);
    }
}

internal sealed partial class OrderGrain
{
    public async Task<OrderOperationResult> ShipAsync(string operationId)
    {
        if (Committed.Command is not null && Head.FindOperation(operationId) is null && Head.RequestShip(operationId, Now, options.Value, HeadVersion).Reply is null)
        {
            // Where units are missing nothing ships.
            var missing = await Concurrency.ForEachAsync([.. Head.RemainingUnits()], ReservationWidth, FindMissingAsync, static missing => missing is not null);
            if (Array.Find(missing, static missing => missing is not null) is { } refusal)
            {
                return refusal;
            }
        }

        return await OperateAsync(operationId, () => Head.RequestShip(operationId, Now, options.Value, HeadVersion));
    }

    private async Task<OrderOperationResult?> FindMissingAsync(Demand units)
    {
        var stock = GrainFactory.Stock(units.Sku);
        var taken = await stock.EndReservationAsync(Head.Id, Head.Taking);
        return taken.Allocated > 0 && await stock.GetAsync() is { Policy: not StockPolicy.Untracked } level && level.OnHand < units.Quantity
            ? new OrderOperationResult.InsufficientStock(units.Sku, level.OnHand)
            : null;
    }
}
