namespace ActorShop.Import;

/// <param name="Currency">The currency of prices without one.</param>
/// <param name="OpeningStockColumn">The column with the opening stock; null for the map's own.</param>
/// <param name="StockFactor">What opening stock is multiplied by, rounded up to whole units.</param>
public sealed record ImportSettings(string Currency = "GBP", string? OpeningStockColumn = null, decimal StockFactor = 1)
{
    /// <summary>The name of a map; null to detect it from the columns.</summary>
    public string? Map { get; init; }

    /// <summary>The separator of CSV; null to detect it.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding of text without a byte order mark; null for UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The notation of prices; null to judge it from all prices of the file.</summary>
    public DecimalMark? DecimalMark { get; init; }

    /// <summary>Whether columns that the map does not know are left out; otherwise they refuse the file.</summary>
    public bool IgnoreColumns { get; init; }

    /// <summary>Whether an empty cell clears the value; otherwise it says nothing.</summary>
    public bool ClearEmpty { get; init; }

    /// <summary>Whether products on sale may have a price of zero.</summary>
    public bool AllowFree { get; init; }

    /// <summary>Whether sale prices replace regular prices, in exports that have both.</summary>
    public bool UseSalePrices { get; init; }
}
