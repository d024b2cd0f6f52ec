namespace ActorShop.Reporting;

/// <summary>Units sold of a SKU.</summary>
[GenerateSerializer, Immutable, Alias("reporting.best-seller")]
public sealed record BestSeller(Sku Sku, long Units, Money Revenue);
