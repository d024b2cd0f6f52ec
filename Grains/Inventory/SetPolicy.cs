namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    public Decision<SetPolicyResult, StockEvent> SetPolicy(
        Sku sku, StockPolicy policy, int backorderLimit, long? expectedVersion, DateTimeOffset now)
    {
        if (expectedVersion is { } expected && expected != Version)
        {
            return new(new SetPolicyResult.VersionMismatch(Version), []);
        }

        if (policy == Policy && backorderLimit == BackorderLimit)
        {
            return new(new SetPolicyResult.Changed(ToLevel(sku)), []);
        }

        var happened = new StockEvent.PolicyChanged(policy, backorderLimit, now, 0, OnHand, Reserved);
        var next = happened.ApplyTo(this);
        return next.Promisable < 0
            ? new(new SetPolicyResult.OverPromised(next.Promisable), [])
            : new(new SetPolicyResult.Changed(next.ToLevel(sku)), [happened]);
    }
}

internal abstract partial record StockEvent
{
    [Alias("inventory.stock-event.policy-changed")]
    internal sealed record PolicyChanged(StockPolicy Policy, int BackorderLimit, DateTimeOffset At, int Delta, int OnHand, int Reserved)
        : StockEvent(Delta, OnHand, Reserved)
    {
        protected override Stock Change(Stock stock) => stock with
        {
            Policy = Policy,
            BackorderLimit = BackorderLimit,
        };
    }
}

internal sealed partial class StockGrain
{
    public Task<SetPolicyResult> SetPolicyAsync(StockPolicy policy, int backorderLimit, long? expectedVersion, bool dryRun = false)
    {
        CheckLimit(policy, backorderLimit);
        return CommitAsync(Head.SetPolicy(Sku, policy, backorderLimit, expectedVersion, Now), dryRun);
    }

    private static void CheckLimit(StockPolicy policy, int backorderLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(backorderLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(backorderLimit, policy is StockPolicy.Backorder ? Stock.MaxUnits : 0);
    }
}
