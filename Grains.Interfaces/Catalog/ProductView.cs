namespace ActorShop.Catalog;

[GenerateSerializer, Immutable, Alias("catalog.product-view")]
public sealed record ProductView(
    ProductId Id, string Name, string Description, string? Category, ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<VariantDraft> Variants, string? ExternalId, bool Archived, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    long Version);
