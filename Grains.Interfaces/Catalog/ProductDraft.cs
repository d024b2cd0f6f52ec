namespace ActorShop.Catalog;

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Description">At most 10,000 characters.</param>
/// <param name="Attributes">At most 50; names of 1 to 64 and values of at most 500 characters.</param>
/// <param name="Variants">At least one, at most 100; their SKUs differ.</param>
/// <param name="ExternalId">The merchant's own id, unique among products, or null.</param>
/// <param name="Archived">Whether the product is stored as archived, and so is never for sale in between.</param>
[GenerateSerializer, Immutable, Alias("catalog.product-draft")]
public sealed record ProductDraft(
    string Name, string Description, string? Category, ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<VariantDraft> Variants, string? ExternalId, bool Archived = false);
