using System.Text.Json;

namespace ActorShop.Cli.Imports;

/// <summary>How the rows of one kind of catalogue become products.</summary>
internal abstract class CatalogueMap
{
    /// <summary>The word of <c>--map</c>.</summary>
    public abstract string Name { get; }

    /// <summary>All maps, the most particular first: the shop's own accepts whatever names a SKU.</summary>
    public static IReadOnlyList<CatalogueMap> All { get; } = [new AwsMap(), new EshopMap(), new UciMap(), new OwnMap()];

    /// <summary>The map of the first row's members.</summary>
    public static CatalogueMap? Recognise(SourceRow first) => All.FirstOrDefault(map => map.Recognises(first));

    /// <summary>Whether the members are those of this kind.</summary>
    public abstract bool Recognises(SourceRow row);

    /// <summary>The product of a row.</summary>
    /// <exception cref="RowException">The row says something impossible.</exception>
    public abstract CatalogueProduct Map(SourceRow row, ImportSettings settings);

    protected static bool Has(SourceRow row, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!row.Names.Contains(name, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Opening stock under <c>--opening-stock-column</c> and <c>--stock-factor</c>, rounded up to whole units.</summary>
    protected static int Opening(SourceRow row, string? column, ImportSettings settings)
    {
        var units = decimal.Ceiling((column is null ? 0 : row.Count(column) ?? 0) * settings.StockFactor);
        return units <= int.MaxValue ? (int)units : throw new RowException($"{column} is no count: {units}");
    }
}

/// <summary>What the command line says about rows.</summary>
/// <param name="Currency">The currency of rows that name none.</param>
/// <param name="OpeningStockColumn">The column of the opening stock; null for the map's own.</param>
/// <param name="StockFactor">What opening stock is multiplied by.</param>
internal sealed record ImportSettings(string Currency, string? OpeningStockColumn, decimal StockFactor)
{
    public static ImportSettings Default { get; } = new("GBP", null, 1);
}

/// <summary>The AWS retail demo store: decimal prices, stock beside the product, UUIDs as SKUs.</summary>
internal sealed class AwsMap : CatalogueMap
{
    private static readonly string[] Attributes = ["style", "gender_affinity", "where_visible", "image", "image_license", "link", "promoted", "featured", "aliases"];

    public override string Name => "aws";

    public override bool Recognises(SourceRow row) => Has(row, "id", "current_stock", "style");

    public override CatalogueProduct Map(SourceRow row, ImportSettings settings)
    {
        var id = row.Required("id");
        return new CatalogueProduct(
            id, row.Required("name"), row.Text("description"), CatalogueCategory.Of(row.Text("category")), row.Some(Attributes),
            [
                new CatalogueVariant(
                    id, row.Price("price", settings.Currency), row.Prefixed("option."),
                    Opening(row, settings.OpeningStockColumn ?? "current_stock", settings)),
            ]);
    }
}

/// <summary>The catalogue of eShop: numbers as ids, no stock.</summary>
internal sealed class EshopMap : CatalogueMap
{
    public override string Name => "eshop";

    public override bool Recognises(SourceRow row) => Has(row, "Id", "Type", "Brand", "Price");

    public override CatalogueProduct Map(SourceRow row, ImportSettings settings)
    {
        // Bare numbers would collide with anybody's SKUs.
        var id = $"eshop-{row.Required("Id")}";
        return new CatalogueProduct(
            id, row.Required("Name"), row.Text("Description"), CatalogueCategory.Of(row.Text("Type")),
            row.Some(["Brand"], static _ => "brand"),
            [
                new CatalogueVariant(
                    id, row.Price("Price", settings.Currency), row.Prefixed("option."), Opening(row, settings.OpeningStockColumn, settings)),
            ]);
    }
}

/// <summary>The catalogue derived from UCI's Online Retail: prices in minor units, one product per SKU.</summary>
/// <remarks>
/// What is no product (carriage, fees, discounts, manual lines) is not counted; and neither it nor what never had a price is left on
/// sale, since only documents name it. A SKU without a name is called by its code.
/// </remarks>
internal sealed class UciMap : CatalogueMap
{
    public override string Name => "uci";

    public override bool Recognises(SourceRow row) => Has(row, "StockCode", "Kind", "ModalPriceMinor");

    public override CatalogueProduct Map(SourceRow row, ImportSettings settings)
    {
        var sku = row.Required("StockCode");
        var kind = row.Required("Kind");
        var price = row.Count("ModalPriceMinor");
        var isProduct = kind is "product";
        return new CatalogueProduct(
            sku, row.Text("Description") ?? sku, null, Category: null,
            row.Some(["BaseCode", "Kind"], static name => name is "Kind" ? "kind" : "base-code"),
            [
                new CatalogueVariant(
                    sku, new Shop.Money(price ?? 0, row.Text("Currency") ?? settings.Currency),
                    row.Some(["VariantSuffix"], static _ => "variant"),
                    isProduct ? Opening(row, settings.OpeningStockColumn, settings) : 0,
                    isProduct ? CatalogueVariant.Tracked : CatalogueVariant.Untracked),
            ],
            IsForSale: isProduct && price is not null);
    }
}

/// <summary>The shop's own columns, documented in <c>Cli/README.md</c>; JSON may state several variants.</summary>
internal sealed class OwnMap : CatalogueMap
{
    public override string Name => "own";

    public override bool Recognises(SourceRow row) => Has(row, "name", "sku") || Has(row, "name", "variants");

    public override CatalogueProduct Map(SourceRow row, ImportSettings settings)
    {
        CatalogueVariant[] variants = row is JsonRow { Element: var element } && element.TryGetProperty("variants", out var several)
            ? Several(several, row, settings)
            : [Variant(row, row, settings)];
        if (variants.Length == 0)
        {
            throw new RowException("variants is empty");
        }

        return new CatalogueProduct(
            row.Text("externalId") ?? variants[0].Sku, row.Required("name"), row.Text("description"),
            CatalogueCategory.Of(row.Text("category")), Words(row, "attributes", "attribute."), [.. variants]);
    }

    private static CatalogueVariant[] Several(JsonElement variants, SourceRow row, ImportSettings settings) =>
        variants.ValueKind is JsonValueKind.Array && variants.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.Object)
            ? [.. variants.EnumerateArray().Select(item => Variant(new JsonRow(item), row, settings))]
            : throw new RowException("variants is not a list of objects");

    private static CatalogueVariant Variant(SourceRow row, SourceRow product, ImportSettings settings)
    {
        var currency = row.Text("currency") ?? product.Text("currency") ?? settings.Currency;
        if (!Shop.Currencies.IsCode(currency))
        {
            throw new RowException($"currency is not an ISO 4217 code: '{currency}'");
        }

        var policy = row.Text("policy") ?? CatalogueVariant.Tracked;
        if (policy is not (CatalogueVariant.Tracked or CatalogueVariant.Backorder or CatalogueVariant.Untracked))
        {
            throw new RowException($"policy is not tracked, backorder or untracked: '{policy}'");
        }

        return new CatalogueVariant(
            row.Required("sku"), row.Price("price", currency), Words(row, "options", "option."),
            Opening(row, settings.OpeningStockColumn ?? "stock", settings), policy, row.Count("backorderLimit") ?? 0);
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Words(SourceRow row, string member, string prefix)
    {
        if (row is not JsonRow { Element: var element } || !element.TryGetProperty(member, out var words))
        {
            return row.Prefixed(prefix);
        }

        if (words.ValueKind is not JsonValueKind.Object)
        {
            throw new RowException($"{member} is not an object");
        }

        var inner = new JsonRow(words);
        return inner.Some(inner.Names);
    }
}
