using System.Collections.Immutable;
using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A product to create or replace.</summary>
/// <param name="Name">The name.</param>
/// <param name="Variants">1 to 100 variants, each with its own SKU.</param>
/// <param name="Description">The description. Line breaks are allowed.</param>
/// <param name="Category">The code of a category.</param>
/// <param name="Attributes">Up to 50 attributes by name.</param>
/// <param name="ExternalId">The merchant's id, unique among products.</param>
/// <param name="Archived">Whether the product is archived: readable, and not for sale.</param>
public sealed record ProductRequest(
    [Text(1, 200)] string Name,
    [Length(1, 100)] IReadOnlyList<VariantBody> Variants,
    [Text(0, 10_000, AllowLines = true)] string? Description = null,
    [Code] string? Category = null,
    [NamedTexts] IReadOnlyDictionary<string, string>? Attributes = null,
    [ExternalId] string? ExternalId = null,
    bool Archived = false) : IValidatableObject
{
    internal static ProductRequest Example { get; } = new(
        "Mug", [new("MUG-RED", new(599, "GBP"), Options: new Dictionary<string, string>(StringComparer.Ordinal) { ["colour"] = "red" })]);

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
        Name, Description ?? string.Empty, Category, Sorted(Attributes), [.. Variants.Select(static variant => variant.ToDraft())], ExternalId, Archived);

    internal static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? texts) =>
        (texts ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
}

/// <summary>A variant of a product.</summary>
/// <param name="Sku">
/// The SKU: 1 to 64 printable characters that the path of a URL can carry, so without `/`, `\` and percent sequences such as `%2F`, and not
/// `.` or `..`. It belongs to this product permanently.
/// </param>
/// <param name="Price">The price, for a variant with one currency.</param>
/// <param name="Prices">The prices, one per currency. Replaces <c>price</c>.</param>
/// <param name="Options">The options of this variant, such as size and colour.</param>
public sealed record VariantBody(
    [Sku] string Sku,
    PriceBody? Price = null,
    [Length(1, 200)] IReadOnlyList<PriceBody>? Prices = null,
    [NamedTexts] IReadOnlyDictionary<string, string>? Options = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Price is null == Prices is null)
        {
            yield return new Violation("invalid_value", "Exactly one of price and prices is required.", "/price");
        }

        if (Price is not null && CurrencyAttribute.CheckCirculation(Price.Currency, "/price/currency") is { } withdrawn)
        {
            yield return withdrawn;
        }

        var currencies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, price) in (Prices ?? []).Index())
        {
            if (price is not null && CurrencyAttribute.CheckCirculation(price.Currency, $"/prices/{index}/currency") is { } outdated)
            {
                yield return outdated;
            }

            if (price is not null && !currencies.Add(price.Currency))
            {
                yield return new Violation("duplicate_value", "Duplicates the currency of another price.", $"/prices/{index}/currency");
            }
        }
    }

    internal VariantDraft ToDraft() => new(
        ActorShop.Sku.From(Sku), [.. (Prices ?? [Price!]).Select(static price => price.ToMoney())], ProductRequest.Sorted(Options));
}
