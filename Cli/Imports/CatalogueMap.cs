namespace ActorShop.Cli.Imports;

internal abstract class CatalogueMap
{
    public abstract string Name { get; }

    /// <summary>All maps, the most specific first: the shop's own accepts every row with a SKU.</summary>
    public static IReadOnlyList<CatalogueMap> All { get; } = [new AwsMap(), new EshopMap(), new UciMap(), new OwnMap()];

    public static CatalogueMap? Recognise(SourceRow first) => All.FirstOrDefault(map => map.Recognises(first));

    /// <exception cref="RowException">The row is invalid.</exception>
    public abstract CatalogueProduct Map(SourceRow row, ImportSettings settings);

    protected abstract bool Recognises(SourceRow row);

    /// <summary>Opening stock under <c>--opening-stock-column</c> and <c>--stock-factor</c>, rounded up to whole units.</summary>
    protected static int Opening(SourceRow row, string? column, ImportSettings settings)
    {
        var units = decimal.Ceiling((column is null ? 0 : row.Count(column) ?? 0) * settings.StockFactor);
        return units <= int.MaxValue ? (int)units : throw new RowException($"{column} is no count: {units}");
    }
}

/// <summary>The AWS retail demo store: decimal prices, stock beside the product, UUIDs as SKUs.</summary>
internal sealed class AwsMap : CatalogueMap
{
    private static readonly string[] Attributes = ["style", "gender_affinity", "where_visible", "image", "image_license", "link", "promoted", "featured", "aliases"];

    public override string Name => "aws";

    protected override bool Recognises(SourceRow row) => row.Has("id", "current_stock", "style");

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

    protected override bool Recognises(SourceRow row) => row.Has("Id", "Type", "Brand", "Price");

    public override CatalogueProduct Map(SourceRow row, ImportSettings settings)
    {
        // Bare numbers could equal SKUs of other catalogues.
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
/// Carriage, fees, discounts and manual lines have no stock. They and SKUs that never had a price are not for sale, since only
/// documents name them. The name of a SKU without one is its code.
/// </remarks>
internal sealed class UciMap : CatalogueMap
{
    public override string Name => "uci";

    protected override bool Recognises(SourceRow row) => row.Has("StockCode", "Kind", "ModalPriceMinor");

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
                    sku, new Money(price ?? 0, row.Text("Currency") ?? settings.Currency),
                    row.Some(["VariantSuffix"], static _ => "variant"),
                    isProduct ? Opening(row, settings.OpeningStockColumn, settings) : 0,
                    isProduct ? CatalogueVariant.Tracked : CatalogueVariant.Untracked),
            ],
            IsForSale: isProduct && price is not null);
    }
}

/// <summary>The shop's own columns, documented in <c>Cli/README.md</c>; a JSON row may have several variants.</summary>
internal sealed class OwnMap : CatalogueMap
{
    public override string Name => "own";

    protected override bool Recognises(SourceRow row) => row.Has("name", "sku") || row.Has("name", "variants");

    public override CatalogueProduct Map(SourceRow row, ImportSettings settings)
    {
        CatalogueVariant[] variants = row.Nested("variants") is { } several
            ? Several(several, row, settings)
            : [Variant(row, row, settings)];
        if (variants.Length == 0)
        {
            throw new RowException("variants is empty");
        }

        return new CatalogueProduct(
            row.Text("externalId") ?? variants[0].Sku, row.Required("name"), row.Text("description"),
            CatalogueCategory.Of(row.Text("category")), Texts(row, "attributes", "attribute."), [.. variants]);
    }

    private static CatalogueVariant[] Several(JsonElement variants, SourceRow row, ImportSettings settings) =>
        variants.ValueKind is JsonValueKind.Array && variants.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.Object)
            ? [.. variants.EnumerateArray().Select(item => Variant(new SourceRow(item), row, settings))]
            : throw new RowException("variants is not a list of objects");

    private static CatalogueVariant Variant(SourceRow row, SourceRow product, ImportSettings settings)
    {
        var currency = row.Text("currency") ?? product.Text("currency") ?? settings.Currency;
        if (!Currency.Exists(currency))
        {
            throw new RowException($"currency is not an ISO 4217 code: '{currency}'");
        }

        var policy = row.Text("policy") ?? CatalogueVariant.Tracked;
        if (policy is not (CatalogueVariant.Tracked or CatalogueVariant.Backorder or CatalogueVariant.Untracked))
        {
            throw new RowException($"policy is not tracked, backorder or untracked: '{policy}'");
        }

        return new CatalogueVariant(
            row.Required("sku"), row.Price("price", currency), Texts(row, "options", "option."),
            Opening(row, settings.OpeningStockColumn ?? "stock", settings), policy, row.Count("backorderLimit") ?? 0);
    }

    private static ImmutableSortedDictionary<string, string> Texts(SourceRow row, string member, string prefix)
    {
        if (row.Nested(member) is not { } texts)
        {
            return row.Prefixed(prefix);
        }

        if (texts.ValueKind is not JsonValueKind.Object)
        {
            throw new RowException($"{member} is not an object");
        }

        var inner = new SourceRow(texts);
        return inner.Some(inner.Names);
    }
}
