namespace ActorShop.Catalog;

/// <summary>A category as committed.</summary>
[GenerateSerializer, Immutable, Alias("catalog.category-view")]
public sealed record CategoryView(string Code, string Name, bool Archived, long Version);
