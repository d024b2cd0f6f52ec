namespace ActorShop.Cli.Imports;

/// <summary>Checks what the shop would refuse, and what only the whole file shows: SKUs and external ids that occur twice.</summary>
/// <remarks>Rows are checked in the order of the file; the first of two equal ones is kept.</remarks>
internal sealed class CatalogueRules
{
    private const int MaxName = 200;
    private const int MaxDescription = 10_000;
    private const int MaxExternalId = 128;
    private const int MaxTextName = 64;
    private const int MaxText = 500;

    private readonly Dictionary<string, int> _skus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>The reason to refuse the product; null if it is valid.</summary>
    public string? Refusal(CatalogueProduct product, int line)
    {
        if ((Invalid(product) ?? Repeated(product)) is { } reason)
        {
            return reason;
        }

        // A refused row does not take its SKUs and its id away from a later one.
        _ids.Add(product.ExternalId, line);
        foreach (var variant in product.Variants)
        {
            _skus.Add(variant.Sku, line);
        }

        return null;
    }

    private string? Repeated(CatalogueProduct product)
    {
        foreach (var variant in product.Variants)
        {
            if (_skus.TryGetValue(variant.Sku, out var earlier))
            {
                return $"SKU '{variant.Sku}' was on line {earlier}";
            }
        }

        if (product.Variants.DistinctBy(static variant => variant.Sku, StringComparer.Ordinal).Count() < product.Variants.Length)
        {
            return "two variants have one SKU";
        }

        return _ids.TryGetValue(product.ExternalId, out var before) ? $"external id '{product.ExternalId}' was on line {before}" : null;
    }

    private static string? Invalid(CatalogueProduct product)
    {
        // The replacement character stands where the bytes are not UTF-8.
        if (product.Name.Contains('\uFFFD', StringComparison.Ordinal) || product.Description?.Contains('\uFFFD', StringComparison.Ordinal) == true)
        {
            return "the text is not UTF-8";
        }

        return Refused("name", PlainText.Check(product.Name, 1, MaxName))
            ?? Refused("description", PlainText.Check(product.Description ?? string.Empty, 0, MaxDescription, allowLines: true))
            ?? Refused("external id", PlainText.CheckId(product.ExternalId, MaxExternalId))
            ?? Refused("category", PlainText.Check(product.Category?.Name ?? string.Empty, 0, MaxName))
            ?? product.Variants.Select(static variant => variant.Options).Append(product.Attributes).Select(Invalid)
                .Concat(product.Variants.Select(static variant => Refused(NameOf(variant.Sku), Sku.Check(variant.Sku))))
                .FirstOrDefault(static reason => reason is not null);
    }

    private static string? Invalid(ImmutableSortedDictionary<string, string> texts) => texts
        .Select(static text => Refused("name of a column", PlainText.Check(text.Key, 1, MaxTextName))
            ?? Refused(text.Key, PlainText.Check(text.Value, 0, MaxText)))
        .FirstOrDefault(static reason => reason is not null);

    // A SKU that cannot be printed is not repeated in the report.
    private static string NameOf(string sku) => Sku.MayBeStored(sku.Replace('/', '-')) ? $"SKU '{sku}'" : "SKU";

    private static string? Refused(string what, InputError? error) =>
        error is null ? null : $"{what} {char.ToLowerInvariant(error.Message[0])}{error.Message[1..].TrimEnd('.')}";
}
