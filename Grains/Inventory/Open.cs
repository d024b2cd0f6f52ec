namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    /// <summary>The operation id of the opening units in the ledger.</summary>
    public const string Opening = "opening";

    public Decision<OpenStockResult, StockEvent> Open(Sku sku, StockOpening opening, DateTimeOffset now)
    {
        if (Version > 0)
        {
            return new(new OpenStockResult.Exists(), []);
        }

        var policy = SetPolicy(sku, opening.Policy, opening.BackorderLimit, expectedVersion: null, now).Events;
        var next = policy.Aggregate(this, static (stock, happened) => happened.ApplyTo(stock));
        if (opening.OnHand == 0)
        {
            return new(new OpenStockResult.Opened(next.ToLevel(sku)), policy);
        }

        var (reply, units) = next.Adjust(sku, Opening, opening.OnHand, opening.Reason, past: null);
        return reply switch
        {
            AdjustResult.Adjusted adjusted => new(new OpenStockResult.Opened(adjusted.Level), [.. policy, .. units]),
            AdjustResult.Insufficient refused => new(new OpenStockResult.Insufficient(refused.Available), []),
            AdjustResult.LimitExceeded exceeded => new(new OpenStockResult.LimitExceeded(exceeded.Limit), []),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

internal sealed partial class StockGrain
{
    public Task<OpenStockResult> OpenAsync(StockOpening opening, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentException.ThrowIfNullOrEmpty(opening.Reason, nameof(opening));
        CheckLimit(opening.Policy, opening.BackorderLimit);
        return CommitAsync(Head.Open(Sku, opening, Now), dryRun);
    }
}
