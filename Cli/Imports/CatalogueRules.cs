namespace ActorShop.Cli.Imports;

/// <summary>Checks what the shop would refuse, and what only the whole file shows: SKUs and external ids that occur twice.</summary>
/// <remarks>Rows are checked in the order of the file; the first of two equal ones is kept.</remarks>
internal sealed class CatalogueRules
{
    private const int MaxName = 200;
    private const int MaxDescription = 10_000;
    private const int MaxExternalId = 128;

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

        return TooLong("name", product.Name, MaxName)
            ?? TooLong("description", product.Description, MaxDescription)
            ?? TooLong("external id", product.ExternalId, MaxExternalId)
            ?? product.Variants.Select(static variant => InvalidSku(variant.Sku)).FirstOrDefault(static reason => reason is not null);
    }

    private static string? TooLong(string what, string? text, int most) =>
        text?.Length > most ? $"the {what} has {text.Length} characters, {most} are allowed" : null;

    private static string? InvalidSku(string sku) => sku switch
    {
        { Length: > Sku.MaxLength } => $"SKU '{sku[..16]}…' has {sku.Length} characters, {Sku.MaxLength} are allowed",
        _ when sku.Contains('/', StringComparison.Ordinal) => $"SKU '{sku}' has a slash",
        _ when !Sku.TryParse(sku, out _) => "the SKU has characters that cannot be printed",
        _ => null,
    };
}
