namespace ActorShop.Catalog;

[GenerateSerializer, Immutable, Alias("catalog.category-view")]
public sealed record CategoryView(string Code, string Name, bool Archived, long Version, string? Parent = null);
