using System.Globalization;

namespace ActorShop.Cli.Imports;

/// <summary>What the shop would refuse anyway, and what only the file as a whole can tell: SKUs and ids said twice.</summary>
/// <remarks>Rows are checked in the order of the file; the first of two equal ones is kept.</remarks>
internal sealed class CatalogueRules
{
    private const int MaxName = 200;
    private const int MaxDescription = 10_000;
    private const int MaxSku = 64;
    private const int MaxExternalId = 128;

    private readonly Dictionary<string, int> _skus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>Why the product cannot be taken; null if it can.</summary>
    public string? Refusal(CatalogueProduct product, int line)
    {
        if (Invalid(product) is { } invalid)
        {
            return invalid;
        }

        // First look, then remember: a refused row does not take its SKUs away from a later one.
        foreach (var variant in product.Variants)
        {
            if (_skus.TryGetValue(variant.Sku, out var earlier))
            {
                return $"SKU '{variant.Sku}' was on line {earlier}";
            }
        }

        if (product.Variants.Select(static variant => variant.Sku).Distinct(StringComparer.Ordinal).Count() < product.Variants.Length)
        {
            return "two variants have one SKU";
        }

        if (!_ids.TryAdd(product.ExternalId, line))
        {
            return $"external id '{product.ExternalId}' was on line {_ids[product.ExternalId]}";
        }

        foreach (var variant in product.Variants)
        {
            _skus.Add(variant.Sku, line);
        }

        return null;
    }

    private static string? Invalid(CatalogueProduct product)
    {
        if (product.Name.Length > MaxName)
        {
            return $"the name has {product.Name.Length} characters, {MaxName} are allowed";
        }

        // What a decoder puts where the bytes are no UTF-8.
        if (product.Name.Contains('\uFFFD', StringComparison.Ordinal) || product.Description?.Contains('\uFFFD', StringComparison.Ordinal) == true)
        {
            return "the text is not UTF-8";
        }

        if (product.Description?.Length > MaxDescription)
        {
            return $"the description has {product.Description.Length} characters, {MaxDescription} are allowed";
        }

        if (product.ExternalId.Length > MaxExternalId)
        {
            return $"the external id has {product.ExternalId.Length} characters, {MaxExternalId} are allowed";
        }

        return product.Variants.Select(static variant => InvalidSku(variant.Sku)).FirstOrDefault(static reason => reason is not null);
    }

    private static string? InvalidSku(string sku) => sku switch
    {
        { Length: > MaxSku } => $"SKU '{sku[..16]}…' has {sku.Length} characters, {MaxSku} are allowed",
        _ when sku.Contains('/', StringComparison.Ordinal) => $"SKU '{sku}' has a slash",
        _ when sku.Any(static c => c != ' ' && !IsPrintable(c)) => "the SKU has characters that cannot be printed",
        _ => null,
    };

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
