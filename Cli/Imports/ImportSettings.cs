namespace ActorShop.Cli.Imports;

/// <summary>The settings of an import that apply to every row.</summary>
/// <param name="Currency">The currency of rows without one.</param>
/// <param name="OpeningStockColumn">The column of the opening stock; null for the map's own.</param>
/// <param name="StockFactor">The factor by which opening stock is multiplied.</param>
internal sealed record ImportSettings(string Currency = "GBP", string? OpeningStockColumn = null, decimal StockFactor = 1);
