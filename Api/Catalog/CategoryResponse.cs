using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A category.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">The name.</param>
/// <param name="Archived">Whether the category is archived.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record CategoryResponse(string Code, string Name, bool Archived, long Version) : IVersioned
{
    internal static CategoryResponse Of(CategoryView category) => new(category.Code, category.Name, category.Archived, category.Version);
}
