namespace ActorShop.Reporting;

/// <summary>The value of what is on hand.</summary>
[GenerateSerializer, Immutable, Alias("reporting.stock-value-report")]
public sealed record StockValueReport(int Skus, long Units, Money Value, int SkusWithoutPrice);
