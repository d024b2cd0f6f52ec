namespace ActorShop.Import;

/// <summary>What a file says about a variant. Null, or a missing key, says nothing.</summary>
/// <param name="OpeningStock">The units of a SKU without a stock record.</param>
/// <param name="BackorderLimit">With <see cref="Backorder"/>, how far below zero the stock may go.</param>
public sealed record ImportVariant(
    string Sku, Money? Price, ImmutableSortedDictionary<string, string> Options, int? OpeningStock = null, string? Policy = null,
    int? BackorderLimit = null)
{
    public const string Tracked = "tracked";

    public const string Backorder = "backorder";

    public const string Untracked = "untracked";

    /// <summary>The backorder limit where a file allows backorders and states none: the largest that the shop takes.</summary>
    public const int Unlimited = 10_000_000;
}
