namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.product-summary")]
public sealed record ProductSummary(
    ProductId Id, string Name, string? Category, ImmutableArray<Sku> Skus, Money? PriceFrom, bool InStock, DateTimeOffset CreatedAt,
    bool Archived = false);
