using System.Collections.Immutable;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Imports;

/// <summary>A product as a row states it.</summary>
/// <param name="ExternalId">What makes repeating the import harmless: the shop creates one product per external id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">A few paragraphs; null for none.</param>
/// <param name="Category">What it is filed under; null for nothing.</param>
/// <param name="Attributes">What it is like.</param>
/// <param name="Variants">How it is sold, at least one way.</param>
/// <param name="IsForSale">False for what only documents name (carriage, manual lines): it is taken out of the shop after it is made.</param>
internal sealed record CatalogueProduct(
    string ExternalId, string Name, string? Description, CatalogueCategory? Category, ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<CatalogueVariant> Variants, bool IsForSale = true);

/// <summary>A category, by the code that the shop knows it under.</summary>
internal sealed record CatalogueCategory(string Code, string Name)
{
    /// <summary>Makes the code from the name: <c>Ski/boarding</c> is <c>ski-boarding</c>.</summary>
    public static CatalogueCategory? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var letters = name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        var code = string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return code.Length == 0 ? null : new CatalogueCategory(code, name.Trim());
    }
}

/// <summary>One way in which a product is sold.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Price">The price.</param>
/// <param name="Options">What sets the variant apart.</param>
/// <param name="OpeningStock">Units to begin with; 0 for none.</param>
/// <param name="Policy">What limits promises: <c>tracked</c>, <c>backorder</c> or <c>untracked</c>.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, how far below zero.</param>
internal sealed record CatalogueVariant(
    string Sku, Money Price, ImmutableSortedDictionary<string, string> Options, int OpeningStock = 0,
    string Policy = CatalogueVariant.Tracked, int BackorderLimit = 0)
{
    public const string Tracked = "tracked";

    public const string Backorder = "backorder";

    public const string Untracked = "untracked";
}

/// <summary>What became of a row: a product, or the reason why not.</summary>
/// <param name="Line">Where the row begins, from 1.</param>
internal abstract record RowReading(int Line)
{
    /// <summary>It can be sent.</summary>
    internal sealed record Accepted(int Line, CatalogueProduct Product) : RowReading(Line);

    /// <summary>It cannot.</summary>
    internal sealed record Refused(int Line, string Reason) : RowReading(Line);
}

/// <summary>A row that says something impossible. Caught where rows become readings.</summary>
internal sealed class RowException(string reason) : Exception(reason);
