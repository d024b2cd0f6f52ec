namespace ActorShop.Inventory;

/// <summary>The answers <see cref="IStockGrain.AdjustAsync"/> can give.</summary>
[GenerateSerializer, Immutable, Alias("inventory.adjust-result")]
public abstract record AdjustResult
{
    private AdjustResult()
    {
    }

    /// <summary>The adjustment is stored.</summary>
    /// <param name="Level">The stock after it.</param>
    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.adjusted")]
    public sealed record Adjusted(StockLevel Level) : AdjustResult;

    /// <summary>Fewer units are free.</summary>
    /// <param name="Available">The units that are free.</param>
    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.insufficient")]
    public sealed record Insufficient(int Available) : AdjustResult;

    /// <summary>The units on hand would exceed the limit.</summary>
    /// <param name="Limit">The largest number of units on hand, and the largest that may be missing.</param>
    [GenerateSerializer, Immutable, Alias("inventory.adjust-result.limit-exceeded")]
    public sealed record LimitExceeded(int Limit) : AdjustResult;
}
