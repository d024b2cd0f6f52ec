namespace ActorShop.Import.Maps;

/// <summary>Shopify's product export, in the old and the new names of its columns. Rows of one handle are one product.</summary>
internal sealed class ShopifyMap : ProductMap
{
    private const string NoOptions = "Default Title";

    private static readonly string[] Handle = ["Handle", "URL handle"];
    private static readonly string[] VariantSku = ["Variant SKU", "SKU"];
    private static readonly string[] VariantPrice = ["Variant Price", "Price"];
    private static readonly string[] Tracker = ["Variant Inventory Tracker", "Inventory tracker"];
    private static readonly string[] Quantity = ["Variant Inventory Qty", "Inventory quantity"];
    private static readonly string[] Oversell = ["Variant Inventory Policy", "Continue selling when out of stock"];
    private static readonly string[] Body = ["Body (HTML)", "Description"];
    private static readonly string[] Published = ["Published", "Published on online store"];
    private static readonly string[] Taxonomy = ["Product Category", "Product category"];

    public override string Name => "shopify";

    protected override string[] Read =>
    [
        "Title", "Vendor", "Type", "Status", .. Handle, .. Body, .. Published, .. Taxonomy, .. VariantSku, .. VariantPrice, .. Tracker,
        .. Quantity, .. Oversell, .. OptionColumns("Name"), .. OptionColumns("Value"), .. OptionColumns("name"), .. OptionColumns("value"),
    ];

    protected override string[] LeftOut =>
    [
        "Tags", "Variant Grams", "Variant Fulfillment Service", "Variant Compare At Price", "Compare-at price", "Variant Requires Shipping",
        "Variant Taxable", "Variant Barcode", "Barcode", "Image Src", "Image Position", "Image Alt Text", "Gift Card", "Gift card", "SEO *",
        "Google Shopping *", "Variant Image", "Variant Weight Unit", "Variant Tax Code", "Cost per item", "Unit Price *", "Included / *",
        "Price / *", "Compare At Price / *", "Compare-at price / *", "Option1 Linked To", "Option2 Linked To", "Option3 Linked To", "Charge tax",
        "Tax code", "Weight value (grams)", "Weight unit for display", "Requires shipping", "Fulfillment service", "Product image URL",
        "Image position", "Image alt text", "Variant image URL", "Collection", "Custom Product Type", "Standard Product Type",
        "Standardized Product Type", "Template Suffix",
    ];

    protected override bool LeavesOut(string column) => column.Contains(" (product.metafields.", StringComparison.Ordinal);

    protected override string[] Prices => VariantPrice;

    protected override string[] Counts => Quantity;

    protected override string[] Keys => Handle;

    public override bool Recognises(IReadOnlySet<string> columns) =>
        columns.Overlaps(Handle) && columns.Contains("Title") && columns.Overlaps(VariantPrice);

    public override IEnumerable<IReadOnlyList<SourceRow>> Group(IReadOnlyList<SourceRow> rows, ReadingContext context) =>
        GroupBy(rows, static row => row.Text(Handle));

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var first = rows.FirstOrDefault(static row => row.Text("Title") is not null) ?? rows[0];
        var handle = first.Text(Handle) ?? throw first.Refuse("Handle is missing");
        var names = Enumerable.Range(1, 3).Select(i => first.Text($"Option{i} Name", $"Option{i} name")).ToArray();

        if (names.OfType<string>().GroupBy(static name => name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw first.Refuse($"two options have the name '{twice.Key}'");
        }

        // The other rows have pictures alone.
        ImmutableArray<ImportVariant> variants = [.. rows
            .Where(static row => row.Text([.. VariantSku, .. VariantPrice, "Option1 Value", "Option1 value"]) is not null)
            .Select(row => Variant(row, handle, names, context))];
        if (variants.IsEmpty)
        {
            throw first.Refuse("the product has no row with a variant");
        }

        var vendor = first.Text("Vendor");
        return new ImportProduct(
            ShortText.Fit($"shopify-{handle}", 128), IsIdStated: true, first.Text("Title"), first.Said("Body (HTML)") ?? first.Said("Description"),
            CategoryPath.OfName(first.Text("Type")) ?? (first.Text(Taxonomy) is { } path ? CategoryPath.Parse(path, '>') : null),
            vendor is null ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add("vendor", vendor),
            variants,
            IsForSale: !Is(first, "FALSE", Published) && first.Text("Status")?.ToLowerInvariant() is null or "active");
    }

    private static ImportVariant Variant(SourceRow row, string handle, string?[] names, ReadingContext context)
    {
        ImmutableSortedDictionary<string, string> options = names
            .Select((name, i) => (Name: name, Value: row.Text($"Option{i + 1} Value", $"Option{i + 1} value")))
            .Where(static option => option is { Name: not null, Value: not null and not NoOptions })
            .ToImmutableSortedDictionary(static option => option.Name!, static option => option.Value!, StringComparer.Ordinal);
        var values = names.Select((_, i) => row.Text($"Option{i + 1} Value", $"Option{i + 1} value")).Where(static value => value is not (null or NoOptions));

        // Without a tracker Shopify does not count; an export of several locations has trackers and no quantities.
        var isTracked = row.Text(Tracker) is not null;
        var continues = Is(row, "continue", Oversell) || Is(row, "TRUE", Oversell);
        return new ImportVariant(
            row.SkuOrNone(VariantSku) ?? MakeSku(handle, values!, row, context),
            row.Price(VariantPrice.FirstOrDefault(name => row.Text(name) is not null) ?? VariantPrice[0]), options,
            isTracked ? Opening(row, Array.Find(Quantity, name => row.Text(name) is not null), context.Settings) : null,
            !isTracked ? ImportVariant.Untracked : continues ? ImportVariant.Backorder : ImportVariant.Tracked);
    }

    private static bool Is(SourceRow row, string word, string[] names) => string.Equals(row.Text(names), word, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> OptionColumns(string what) => Enumerable.Range(1, 3).Select(i => $"Option{i} {what}");
}
