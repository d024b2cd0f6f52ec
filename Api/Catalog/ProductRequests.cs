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
public sealed record ProductRequest(
    string Name, IReadOnlyList<VariantBody> Variants, string? Description = null, string? Category = null,
    IReadOnlyDictionary<string, string>? Attributes = null, string? ExternalId = null) : IRequest
{
    private const int MaxVariants = 100;

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Text("/name", Name, 1, 200);
        findings.Text("/description", Description, 0, 10_000, lines: true);
        if (Category is not null && !CategoryCode.IsValid(Category))
        {
            findings.Add("/category", "invalid_value", CategoryRequest.CodeRule);
        }

        Properties.Check(Attributes, findings, "/attributes");
        findings.ExternalId("/externalId", ExternalId);
        findings.Count("/variants", Variants.Count, 1, MaxVariants);
        var skus = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Variants.Count; i++)
        {
            if (Variants[i] is not { } variant)
            {
                findings.Add($"/variants/{i}", "null", "Must not be null.");
                continue;
            }

            variant.Check(findings, $"/variants/{i}");
            if (!skus.Add(variant.Sku))
            {
                findings.Add($"/variants/{i}/sku", "duplicate_value", "Duplicates the SKU of another variant.");
            }
        }
    }

    internal ProductDraft ToDraft() => new(
        Name, Description ?? string.Empty, Category, Properties.Sorted(Attributes), [.. Variants.Select(static variant => variant.ToDraft())],
        ExternalId);
}

/// <summary>A variant of a product.</summary>
/// <param name="Sku">The SKU. It belongs to this product permanently.</param>
/// <param name="Price">The price, for a variant with one currency.</param>
/// <param name="Prices">The prices, one per currency. Replaces <c>price</c>.</param>
/// <param name="Options">The options of this variant, such as size and colour.</param>
public sealed record VariantBody(
    string Sku, MoneyBody? Price = null, IReadOnlyList<MoneyBody>? Prices = null, IReadOnlyDictionary<string, string>? Options = null)
{
    private const int MaxPrices = 200;

    internal void Check(Findings findings, string pointer)
    {
        findings.Sku($"{pointer}/sku", Sku);
        Properties.Check(Options, findings, $"{pointer}/options");
        if (Price is null == Prices is null)
        {
            findings.Add($"{pointer}/price", "invalid_value", "Exactly one of price and prices is required.");
        }

        findings.Price($"{pointer}/price", Price);
        if (Prices is null)
        {
            return;
        }

        findings.Count($"{pointer}/prices", Prices.Count, 1, MaxPrices);
        var currencies = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Prices.Count; i++)
        {
            if (Prices[i] is not { } price)
            {
                findings.Add($"{pointer}/prices/{i}", "null", "Must not be null.");
                continue;
            }

            findings.Price($"{pointer}/prices/{i}", price);
            if (!currencies.Add(price.Currency))
            {
                findings.Add($"{pointer}/prices/{i}/currency", "duplicate_value", "Duplicates the currency of another price.");
            }
        }
    }

    internal VariantDraft ToDraft() => new(
        ActorShop.Sku.From(Sku), [.. (Prices ?? [Price!]).Select(static price => price.ToMoney())], Properties.Sorted(Options));
}

/// <summary>Attributes and options.</summary>
internal static class Properties
{
    private const int MaxWords = 50;

    public static void Check(IReadOnlyDictionary<string, string>? words, Findings findings, string pointer)
    {
        if (words is null)
        {
            return;
        }

        findings.Count(pointer, words.Count, 0, MaxWords);
        foreach (var (name, value) in words)
        {
            var child = Findings.Pointer(pointer, name);
            findings.Text(child, name, 1, 64);
            if (value is null)
            {
                findings.Add(child, "null", "Must not be null.");
            }

            findings.Text(child, value, 0, 500);
        }
    }

    public static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? words) =>
        (words ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
}

/// <summary>A category to create or rename.</summary>
/// <param name="Name">The name.</param>
public sealed record PutCategoryRequest(string Name) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings) => findings.Text("/name", Name, 1, 200);
}

/// <summary>A category to create.</summary>
/// <param name="Code">The code: lower-case letters, digits and hyphens.</param>
/// <param name="Name">The name.</param>
public sealed record CategoryRequest(string Code, string Name) : IRequest
{
    internal const string CodeRule = "Must be 1 to 64 lower-case letters, digits or hyphens.";

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        if (!CategoryCode.IsValid(Code))
        {
            findings.Add("/code", "invalid_value", CodeRule);
        }

        findings.Text("/name", Name, 1, 200);
    }
}
