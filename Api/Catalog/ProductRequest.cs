using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A product to create or replace.</summary>
/// <param name="Name">The name.</param>
/// <param name="Variants">1 to 100 variants, each with its own SKU.</param>
/// <param name="Description">The description. Line breaks are allowed.</param>
/// <param name="Category">The code of a category.</param>
/// <param name="Attributes">Up to 50 attributes by name.</param>
/// <param name="ExternalId">The merchant's id, unique among products.</param>
public sealed record ProductRequest(
    [Text(1, 200)] string Name,
    [Length(1, 100)] IReadOnlyList<VariantBody> Variants,
    [Text(0, 10_000, AllowLines = true)] string? Description = null,
    [Code] string? Category = null,
    [NamedTexts] IReadOnlyDictionary<string, string>? Attributes = null,
    [ExternalId] string? ExternalId = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var skus = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, variant) in Variants.Index())
        {
            if (variant is not null && !skus.Add(variant.Sku))
            {
                yield return new Violation("duplicate_value", "Duplicates the SKU of another variant.", $"/variants/{index}/sku");
            }
        }
    }

    internal ProductDraft ToDraft() => new(
        Name, Description ?? string.Empty, Category, Sorted(Attributes), [.. Variants.Select(static variant => variant.ToDraft())], ExternalId);

    internal static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? texts) =>
        (texts ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
