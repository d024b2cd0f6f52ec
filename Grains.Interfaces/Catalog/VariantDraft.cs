namespace ActorShop.Catalog;

/// <param name="Sku">The SKU; it stays with the product.</param>
/// <param name="Prices">Per currency; at least one; amounts of zero and above.</param>
[GenerateSerializer, Immutable, Alias("catalog.variant-draft")]
public sealed record VariantDraft(
    Sku Sku, ImmutableArray<Money> Prices, ImmutableSortedDictionary<string, string> Options);
