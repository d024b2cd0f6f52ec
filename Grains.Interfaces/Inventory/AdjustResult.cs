namespace ActorShop.Inventory;

[GenerateSerializer, Immutable, Alias("inventory.adjust-result")]
public abstract record AdjustResult
{
    private AdjustResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.adjusted")]
    public sealed record Adjusted(StockLevel Level) : AdjustResult;

    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.insufficient")]
    public sealed record Insufficient(int Available) : AdjustResult;

    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.limit-exceeded")]
    public sealed record LimitExceeded(int Limit) : AdjustResult;
}
