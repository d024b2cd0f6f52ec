namespace ActorShop.Reporting;

/// <summary>A product in a list.</summary>
[GenerateSerializer, Immutable, Alias("reporting.product-summary")]
public sealed record ProductSummary(
    ProductId Id, string Name, string? Category, ImmutableArray<Sku> Skus, Money? PriceFrom, bool InStock, DateTimeOffset CreatedAt);
