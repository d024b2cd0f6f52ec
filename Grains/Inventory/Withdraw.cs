namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    public Decision<AdjustResult, StockEvent> Withdraw(
        Sku sku, OrderId order, string operationId, int quantity, bool isShipped, string reason, Adjustment? past)
    {
        if ((Find(operationId) ?? past) is { } made)
        {
            return Repeat(sku, made);
        }

        StockEvent happened = isShipped
            ? new StockEvent.Shipped(operationId, order, reason, quantity, -quantity, OnHand - quantity, Reserved - quantity)
            : new StockEvent.Deallocated(operationId, order, reason, quantity, 0, OnHand, Reserved - quantity);
        return new(new AdjustResult.Adjusted(happened.ApplyTo(this).ToLevel(sku)), [happened]);
    }
}

internal abstract partial record StockEvent
{
    /// <summary>Allocated units left the stock.</summary>
    [Alias("inventory.stock-event.shipped")]
    internal sealed record Shipped(string OperationId, OrderId Order, string Reason, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => OperationId;

        protected override Stock Change(Stock stock) => (stock with { Allocated = stock.Allocated - Quantity }).Remember(AsOf(stock.Version)!);
    }

    /// <summary>Allocated units are free again.</summary>
    [Alias("inventory.stock-event.deallocated")]
    internal sealed record Deallocated(string OperationId, OrderId Order, string Reason, int Quantity, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => OperationId;

        protected override Stock Change(Stock stock) => (stock with { Allocated = stock.Allocated - Quantity }).Remember(AsOf(stock.Version)!);
    }
}

internal sealed partial class StockGrain
{
    public async Task<AdjustResult> WithdrawAsync(OrderId order, string operationId, int quantity, bool isShipped, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var past = await LookUpAsync(operationId);
        return await CommitAsync(Head.Withdraw(Sku, order, operationId, quantity, isShipped, reason, past));
    }
}
