namespace ActorShop.Cli.Imports;

/// <remarks>
/// The external id identifies the product in repeated imports. What is not for sale (carriage, manual lines) only documents name: it is
/// archived once it is created.
/// </remarks>
internal sealed record CatalogueProduct(
    string ExternalId, string Name, string? Description, CatalogueCategory? Category, ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<CatalogueVariant> Variants, bool IsForSale = true);

internal sealed record CatalogueCategory(string Code, string Name)
{
    /// <summary>Makes the code from the name: <c>Ski/boarding</c> is <c>ski-boarding</c>.</summary>
    public static CatalogueCategory? Of(string? name)
    {
        var letters = (name ?? string.Empty).ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        var code = string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return code.Length == 0 ? null : new CatalogueCategory(code, name!.Trim());
    }
}

/// <summary>A variant of a product, with its opening stock in units. With <c>backorder</c>, the limit is how far below zero the stock may go.</summary>
internal sealed record CatalogueVariant(
    string Sku, Money Price, ImmutableSortedDictionary<string, string> Options, int OpeningStock = 0,
    string Policy = CatalogueVariant.Tracked, int BackorderLimit = 0)
{
    public const string Tracked = "tracked";

    public const string Backorder = "backorder";

    public const string Untracked = "untracked";
}
