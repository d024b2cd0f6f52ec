namespace ActorShop.Cli.Imports;

/// <summary>The settings of an import: the currency of rows without one, and the column (null for the map's own) and factor of opening stock.</summary>
internal sealed record ImportSettings(string Currency = "GBP", string? OpeningStockColumn = null, decimal StockFactor = 1);
