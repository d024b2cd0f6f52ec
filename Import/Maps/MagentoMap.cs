using System.Text.RegularExpressions;

namespace ActorShop.Import.Maps;

/// <summary>Magento's (Adobe Commerce's) product export. A configurable product and the simple products that it names are one product.</summary>
internal sealed partial class MagentoMap : ProductMap
{
    // The root of a store's tree, which its visitors do not see.
    private const string Root = "Default Category";

    public override string Name => "magento";

    protected override string[] Read =>
    [
        "sku", "store_view_code", "product_type", "categories", "name", "description", "short_description", "product_online", "visibility",
        "price", "special_price", "qty", "is_in_stock", "manage_stock", "use_config_manage_stock", "allow_backorders", "use_config_backorders",
        "additional_attributes", "configurable_variations",
    ];

    protected override string[] LeftOut =>
    [
        "attribute_set_code", "product_websites", "weight", "tax_class_name", "special_price_from_date", "special_price_to_date", "url_key",
        "meta_*", "base_image", "base_image_label", "small_image", "small_image_label", "thumbnail_image", "thumbnail_image_label",
        "swatch_image", "swatch_image_label", "created_at", "updated_at", "new_from_date", "new_to_date", "display_product_options_in",
        "map_price", "msrp_price", "map_enabled", "gift_message_available", "custom_design", "custom_design_from", "custom_design_to",
        "custom_layout_update", "page_layout", "product_options_container", "msrp_display_actual_price_type", "country_of_manufacture",
        "out_of_stock_qty", "use_config_min_qty", "is_qty_decimal", "min_cart_qty", "use_config_min_sale_qty", "max_cart_qty",
        "use_config_max_sale_qty", "notify_on_stock_below", "use_config_notify_stock_qty", "qty_increments", "use_config_qty_increments",
        "enable_qty_increments", "use_config_enable_qty_inc", "enable_qty_inc", "is_decimal_divided", "website_id", "deferred_stock_update",
        "use_config_deferred_stock_update", "related_skus", "related_position", "crosssell_skus", "crosssell_position", "upsell_skus",
        "upsell_position", "additional_images", "additional_image_labels", "hide_from_product_page", "custom_options", "bundle_*",
        "associated_skus", "configurable_variation_labels", "downloadable_*", "giftcard_*", "media_gallery", "ts_*",
    ];

    protected override string[] Prices => ["price", "special_price"];

    protected override string[] Counts => ["qty"];

    protected override string[] Keys => ["sku", "store_view_code", "product_type", "product_online", "configurable_variations"];

    public override bool Recognises(IReadOnlySet<string> columns) =>
        columns.IsSupersetOf(["sku", "product_type"]) && columns.Overlaps(["attribute_set_code", "product_websites", "store_view_code"]);

    public override IEnumerable<IReadOnlyList<SourceRow>> Group(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var parents = new Dictionary<string, SourceRow>(StringComparer.Ordinal);
        foreach (var row in rows.Where(static row => row.Text("product_type") is "configurable" && row.Text("store_view_code") is null))
        {
            foreach (var sku in Variations(row).Keys)
            {
                parents.TryAdd(sku, row);
            }
        }

        var kept = new List<(SourceRow Row, SourceRow Product)>(rows.Count);
        foreach (var row in rows)
        {
            var parent = row.Text("sku") is { } sku ? parents.GetValueOrDefault(sku) : null;
            if (row.Text("store_view_code") is not null)
            {
                context.LeaveOut(row, "the row is of one store view");
            }
            else if (parent is not null && row.Text("product_online") is "2")
            {
                context.LeaveOut(row, "the variation is switched off");
            }
            else
            {
                kept.Add((row, parent ?? row));
            }
        }

        return kept.GroupBy(static pair => pair.Product, static pair => pair.Row)
            .Select(static group => group.OrderByDescending(row => row == group.Key).ToArray());
    }

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var product = rows[0];
        var type = product.Text("product_type");
        if (type is not ("simple" or "virtual" or "downloadable" or "configurable"))
        {
            throw product.Refuse($"products of type '{type}' cannot be sold here");
        }

        var isConfigurable = type is "configurable";
        var options = isConfigurable ? Variations(product) : [];
        var variations = isConfigurable ? rows.Skip(1).ToArray() : [product];
        if (variations.Length == 0)
        {
            throw product.Refuse("the configurable product has no variation in the file that is switched on");
        }

        return new ImportProduct(
            ShortText.Fit($"magento-{product.Sku("sku")}", 128), IsIdStated: true, product.Text("name"),
            product.Said("description") ?? product.Said("short_description"),
            product.Text("categories") is { } categories ? One(Paths(categories), product, context) : null,
            Pairs(product.Text("additional_attributes") ?? string.Empty),
            [.. variations.Select(row => Variant(row, options.GetValueOrDefault(row.Sku("sku")) ?? ImmutableSortedDictionary<string, string>.Empty, context))],
            IsForSale: product.Text("product_online") is not "2" && (isConfigurable || product.Text("visibility") is not "Not Visible Individually"));
    }

    private static ImportVariant Variant(SourceRow row, ImmutableSortedDictionary<string, string> options, ReadingContext context)
    {
        var isManaged = row.Text("manage_stock") is not "0" || row.Text("use_config_manage_stock") is "1";
        var backorders = row.Text("allow_backorders") is { } allowed && allowed.TrimStart('0').Length > 0 && row.Text("use_config_backorders") is not "1";
        var stock = isManaged ? Opening(row, "qty", context.Settings) : null;
        if (isManaged && row.Text("is_in_stock") is "0" && stock > 0)
        {
            context.Note(row, "the product is marked as out of stock; it starts without units", $"qty {stock}");
            stock = 0;
        }

        return new ImportVariant(
            row.Sku("sku"), PriceOf(row, context), options, stock,
            !isManaged ? ImportVariant.Untracked : backorders ? ImportVariant.Backorder : ImportVariant.Tracked);
    }

    private static Money? PriceOf(SourceRow row, ReadingContext context)
    {
        var regular = row.Price("price");
        if (row.Price("special_price") is not { } special || special == regular)
        {
            return regular;
        }

        var isUsed = context.Settings.UseSalePrices;
        context.Note(row, isUsed ? "the sale price is imported" : "the regular price is imported, not the sale price", row.Text("special_price")!);
        return isUsed ? special : regular;
    }

    /// <summary>The options of each SKU: <c>sku=A,size=S|sku=B,size=M</c>.</summary>
    private static Dictionary<string, ImmutableSortedDictionary<string, string>> Variations(SourceRow row) =>
        (row.Text("configurable_variations") ?? string.Empty).Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(Pairs)
            .Where(static pairs => pairs.ContainsKey("sku"))
            .DistinctBy(static pairs => pairs["sku"], StringComparer.Ordinal)
            .ToDictionary(static pairs => pairs["sku"], static pairs => pairs.Remove("sku"), StringComparer.Ordinal);

    // A value may have commas: a pair ends where the next one begins.
    private static ImmutableSortedDictionary<string, string> Pairs(string text)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var part in NextPair().Split(text))
        {
            if (part.Trim().Trim('"').Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value])
            {
                all[name] = value;
            }
        }

        return all.ToImmutable();
    }

    private static IEnumerable<CategoryPath?> Paths(string text) => text.Split(',').Select(static path => CategoryPath.Parse(path, '/')).Select(
        static path => path is null || !string.Equals(path.Names[0], Root, StringComparison.Ordinal) ? path
            : path.Names.Length == 1 ? null
            : new CategoryPath([.. path.Names.Skip(1)]));

    [GeneratedRegex(@",(?=""?[\w-]+=)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NextPair();
}
