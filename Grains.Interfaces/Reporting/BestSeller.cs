namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.best-seller")]
public sealed record BestSeller(Sku Sku, long Units, MoneySum Revenue);
