using System.Collections.Immutable;
using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>All that a merchant says of a product.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Variants">How it is sold: 1 to 100 variants, each with a SKU of its own.</param>
/// <param name="Description">A few paragraphs.</param>
/// <param name="Category">The code of a category.</param>
/// <param name="Attributes">What it is like: at most 50.</param>
/// <param name="ExternalId">The merchant's own id, unique among products.</param>
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
                findings.Add($"/variants/{i}", "null", "Null has no meaning here.");
                continue;
            }

            variant.Check(findings, $"/variants/{i}");
            if (!skus.Add(variant.Sku))
            {
                findings.Add($"/variants/{i}/sku", "duplicate_value", "Another variant has this SKU.");
            }
        }
    }

    internal ProductDraft ToDraft() => new(
        Name, Description ?? string.Empty, Category, Properties.Sorted(Attributes), [.. Variants.Select(static variant => variant.ToDraft())],
        ExternalId);
}

/// <summary>One way in which a product is sold.</summary>
/// <param name="Sku">The SKU: a product keeps it for ever.</param>
/// <param name="Price">The price.</param>
/// <param name="Prices">Instead of one price: one per currency.</param>
/// <param name="Options">What sets the variant apart, such as size and colour.</param>
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
            findings.Add($"{pointer}/price", "invalid_value", "Either price or prices.");
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
                findings.Add($"{pointer}/prices/{i}", "null", "Null has no meaning here.");
                continue;
            }

            findings.Price($"{pointer}/prices/{i}", price);
            if (!currencies.Add(price.Currency))
            {
                findings.Add($"{pointer}/prices/{i}/currency", "duplicate_value", "Another price has this currency.");
            }
        }
    }

    internal VariantDraft ToDraft() => new(
        ActorShop.Sku.From(Sku), [.. (Prices ?? [Price!]).Select(static price => price.ToMoney())], Properties.Sorted(Options));
}

/// <summary>Names and values that a merchant chooses.</summary>
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
                findings.Add(child, "null", "Null has no meaning here.");
            }

            findings.Text(child, value, 0, 500);
        }
    }

    public static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? words) =>
        (words ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
}

/// <summary>Makes a category, or names it anew.</summary>
/// <param name="Name">What it is called.</param>
public sealed record PutCategoryRequest(string Name) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings) => findings.Text("/name", Name, 1, 200);
}

/// <summary>Makes a category.</summary>
/// <param name="Code">The merchant's word for it: lower-case letters, digits and hyphens.</param>
/// <param name="Name">What it is called.</param>
public sealed record CategoryRequest(string Code, string Name) : IRequest
{
    internal const string CodeRule = "1 to 64 lower-case letters, digits and hyphens.";

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
