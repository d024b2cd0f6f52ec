namespace ActorShop.Reporting;

/// <summary>The value of the stock on hand.</summary>
[GenerateSerializer, Immutable, Alias("reporting.stock-value-report")]
public sealed record StockValueReport(int Skus, long Units, Money Value, int SkusWithoutPrice);
