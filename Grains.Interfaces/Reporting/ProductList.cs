namespace ActorShop.Reporting;

/// <summary>A page of products, and how many there are in each category under the same filters.</summary>
[GenerateSerializer, Immutable, Alias("reporting.product-list")]
public sealed record ProductList(Page<ProductSummary> Page, ImmutableArray<Facet> Categories);
