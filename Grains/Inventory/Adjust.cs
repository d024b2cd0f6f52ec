namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    /// <summary>Whether only the ledger knows whether an adjustment was made.</summary>
    public bool NeedsPast(string operationId) => AdjustmentsForgotten && Find(operationId) is null;

    public Decision<AdjustResult, StockEvent> Adjust(Sku sku, string operationId, int delta, string reason, Adjustment? past)
    {
        if ((Find(operationId) ?? past) is { } made)
        {
            return Repeat(sku, made);
        }

        if (Policy is not StockPolicy.Untracked && -(long)delta > Promisable)
        {
            return new(new AdjustResult.Insufficient(Promisable), []);
        }

        if (Math.Abs((long)OnHand + delta) > MaxUnits)
        {
            return new(new AdjustResult.LimitExceeded(MaxUnits), []);
        }

        var happened = new StockEvent.Adjusted(operationId, reason, delta, OnHand + delta, Reserved);
        return new(new AdjustResult.Adjusted(happened.ApplyTo(this).ToLevel(sku)), [happened]);
    }

    internal Stock Remember(Adjustment made) => Adjustments.Length < AdjustmentWindow
        ? this with { Adjustments = Adjustments.Add(made) }
        : this with { Adjustments = Adjustments.RemoveAt(0).Add(made), AdjustmentsForgotten = true };

    private Decision<AdjustResult, StockEvent> Repeat(Sku sku, Adjustment made) =>
        new(new AdjustResult.Adjusted(new(sku, made.OnHand, made.Reserved, Policy, BackorderLimit, made.Version)), []);

    private Adjustment? Find(string operationId) =>
        Adjustments.FirstOrDefault(made => string.Equals(made.OperationId, operationId, StringComparison.Ordinal));
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.adjusted")]
    internal sealed record Adjusted(string OperationId, string Reason, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        public override string Reference => OperationId;

        protected override Stock Change(Stock stock) => stock.Remember(AsOf(stock.Version)!);
    }
}

internal sealed partial class StockGrain
{
    public async Task<AdjustResult> AdjustAsync(string operationId, int delta, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        ArgumentOutOfRangeException.ThrowIfZero(delta);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var past = await LookUpAsync(operationId);
        return await CommitAsync(Head.Adjust(Sku, operationId, delta, reason, past));
    }

    private async Task<Adjustment?> LookUpAsync(string operationId)
    {
        if (!Head.NeedsPast(operationId))
        {
            return null;
        }

        while (true)
        {
            // The answer holds for what was durable when it was read. What happened since is in the head, unless so much happened that the
            // head has forgotten some of it: then the question is asked again.
            var version = Head.Version;
            await CommitAsync([]);
            var rows = await ledger.FindAsync(Key, operationId);
            if (Head.Version - version <= Stock.AdjustmentWindow)
            {
                return rows.IsEmpty ? null : Parse(rows[0]).AsOf(rows[0].Sequence);
            }
        }
    }
}
