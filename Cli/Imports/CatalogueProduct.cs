namespace ActorShop.Cli.Imports;

/// <summary>A product as a row states it.</summary>
/// <param name="ExternalId">The identity of the product for repeated imports: the shop creates one product per external id.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">The description; null for none.</param>
/// <param name="Category">The category; null for none.</param>
/// <param name="Attributes">The attributes.</param>
/// <param name="Variants">The variants, at least one.</param>
/// <param name="IsForSale">False for what only documents name (carriage, manual lines): it is archived once it is created.</param>
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

/// <summary>A variant of a product.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Price">The price.</param>
/// <param name="Options">The options that distinguish the variant.</param>
/// <param name="OpeningStock">The opening stock in units.</param>
/// <param name="Policy">The stock policy: <c>tracked</c>, <c>backorder</c> or <c>untracked</c>.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, how far below zero the stock may go.</param>
internal sealed record CatalogueVariant(
    string Sku, Money Price, ImmutableSortedDictionary<string, string> Options, int OpeningStock = 0,
    string Policy = CatalogueVariant.Tracked, int BackorderLimit = 0)
{
    public const string Tracked = "tracked";

    public const string Backorder = "backorder";

    public const string Untracked = "untracked";
}
