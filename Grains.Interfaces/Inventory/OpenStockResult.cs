namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.open-stock-result")]
public abstract record OpenStockResult
{
    private OpenStockResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("inventory.open-stock-result.opened")]
    public sealed record Opened(StockLevel Level) : OpenStockResult;

    /// <summary>The SKU has a stock record.</summary>
    [GenerateSerializer, Immutable, Alias("inventory.open-stock-result.exists")]
    public sealed record Exists : OpenStockResult;

    [GenerateSerializer, Immutable, Alias("inventory.open-stock-result.insufficient")]
    public sealed record Insufficient(int Available) : OpenStockResult;

    [GenerateSerializer, Immutable, Alias("inventory.open-stock-result.limit-exceeded")]
    public sealed record LimitExceeded(int Limit) : OpenStockResult;
}
