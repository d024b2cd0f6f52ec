namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.stock-value-report")]
public sealed record StockValueReport(int Skus, long Units, MoneySum Value, int SkusWithoutPrice);
