namespace ActorShop.Inventory;

internal sealed partial record Stock
{
    // Only a counted unit comes back. A return that was made before tracking ended is repeated.
    public Decision<AdjustResult, StockEvent> Return(Sku sku, string operationId, int quantity, string reason, Adjustment? past) =>
        Policy is StockPolicy.Untracked && Find(operationId) is null && past is null
            ? new(new AdjustResult.Adjusted(ToLevel(sku)), [])
            : Adjust(sku, operationId, quantity, reason, past);
}

internal sealed partial class StockGrain
{
    public async Task<AdjustResult> ReturnAsync(string operationId, int quantity, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var past = await LookUpAsync(operationId);
        return await CommitAsync(Head.Return(Sku, operationId, quantity, reason, past));
    }
}
