namespace ActorShop.Import.Maps;

/// <summary>WooCommerce's product export in English. A variable product and its variations are one product.</summary>
internal sealed class WooMap : ProductMap
{
    private const string ById = "id:";

    public override string Name => "woo";

    public override bool HasGuardedFormulas => true;

    protected override string[] Read =>
    [
        "ID", "Type", "SKU", "Name", "Published", "Short description", "Description", "In stock?", "Stock", "Backorders allowed?",
        "Sale price", "Regular price", "Categories", "Parent", "Attribute *",
    ];

    protected override string[] LeftOut =>
    [
        "GTIN, UPC, EAN, or ISBN", "Is featured?", "Visibility in catalog", "Date sale price starts", "Date sale price ends", "Tax status",
        "Tax class", "Low stock amount", "Sold individually?", "Weight (*", "Length (*", "Width (*", "Height (*", "Allow customer reviews?",
        "Purchase note", "Tags", "Tags (*", "Shipping class", "Images", "Download *", "Grouped products", "Upsells", "Cross-sells",
        "External URL", "Button text", "Position", "Meta: *", "Brands", "Swatches Attributes",
    ];

    protected override string[] Prices => ["Regular price", "Sale price"];

    protected override string[] Counts => ["Stock"];

    protected override string[] Keys => ["ID", "Type", "SKU", "Published", "Parent"];

    public override bool Recognises(IReadOnlySet<string> columns) => columns.IsSupersetOf(["Type", "SKU", "Name", "Regular price"]);

    public override IEnumerable<IReadOnlyList<SourceRow>> Group(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var parents = rows.Where(static row => IsA(row, "variable")).ToArray();
        var byId = Index(parents, static row => row.Text("ID"));
        var bySku = Index(parents, static row => row.Text("SKU"));
        var kept = new List<(SourceRow Row, SourceRow Product)>(rows.Count);
        foreach (var row in rows)
        {
            if (!IsA(row, "variation"))
            {
                kept.Add((row, row));
            }
            else if (row.Text("Parent") is not { } parent)
            {
                context.Refuse(row.Line, "Parent is missing");
            }
            else if ((parent.StartsWith(ById, StringComparison.Ordinal) ? byId.GetValueOrDefault(parent[ById.Length..]) : bySku.GetValueOrDefault(parent)) is not { } product)
            {
                context.Refuse(row.Line, $"the parent '{parent}' is not in the file");
            }
            else if (!IsPublished(row))
            {
                context.LeaveOut(row, "the variation is not published");
            }
            else
            {
                kept.Add((row, product));
            }
        }

        return kept.GroupBy(static pair => pair.Product, static pair => pair.Row)
            .Select(static group => group.OrderByDescending(row => row == group.Key).ToArray());
    }

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var product = rows[0];
        if (!IsA(product, "simple") && !IsA(product, "variable") && !IsA(product, "variation"))
        {
            throw product.Refuse($"products of type '{product.Text("Type")}' cannot be sold here");
        }

        var variations = IsA(product, "variable") ? rows.Skip(1).ToArray() : [product];
        if (variations.Length == 0)
        {
            throw product.Refuse("the variable product has no variation that is published");
        }

        var key = product.Text("ID") is { } id ? $"woo-{id}" : $"woo-{product.Required("SKU")}";
        var own = Attributes(product);
        var options = IsA(product, "variable")
            ? variations.SelectMany(static row => Attributes(row).Keys).ToHashSet(StringComparer.Ordinal)
            : [];
        return new ImportProduct(
            key, IsIdStated: true, product.Text("Name"), product.Said("Description") ?? product.Said("Short description"),
            product.Text("Categories") is { } categories ? One(Split(categories).Select(static path => CategoryPath.Parse(path, '>')), product, context) : null,
            own.RemoveRange(options),
            [.. variations.Select(row => Variant(row, product, key, context))],
            IsForSale: IsPublished(product));
    }

    private static ImportVariant Variant(SourceRow row, SourceRow product, string key, ReadingContext context)
    {
        var options = row == product ? ImmutableSortedDictionary<string, string>.Empty : Attributes(row);
        var isShared = row.Text("Stock") is "parent";
        if (isShared)
        {
            context.Note(row, "the variation shares the stock of its parent; it starts without units");
        }

        var stock = row.Text("Stock") is null || isShared ? null : Opening(row, "Stock", context.Settings);
        var isEmpty = row.Text("In stock?") is "0";
        var backorders = row.Text("Backorders allowed?") is "1" or "notify";
        return new ImportVariant(
            row.SkuOrNone("SKU") ?? MakeSku(product.SkuOrNone("SKU") ?? key, options.Values, row, context), PriceOf(row, context), options, stock,
            backorders && (stock is not null || isShared) ? ImportVariant.Backorder
                : stock is null && !isShared && !isEmpty ? ImportVariant.Untracked
                : ImportVariant.Tracked);
    }

    private static Money? PriceOf(SourceRow row, ReadingContext context)
    {
        var regular = row.Price("Regular price");
        if (row.Price("Sale price") is not { } sale || sale == regular)
        {
            return regular;
        }

        var isUsed = context.Settings.UseSalePrices || regular is null;
        context.Note(row, isUsed ? "the sale price is imported" : "the regular price is imported, not the sale price", row.Text("Sale price")!);
        return isUsed ? sale : regular;
    }

    // "Attribute 1 name" and "Attribute 1 value(s)".
    private static ImmutableSortedDictionary<string, string> Attributes(SourceRow row)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var column in row.Names.Where(static name => name.StartsWith("Attribute ", StringComparison.Ordinal) && name.EndsWith(" name", StringComparison.Ordinal)))
        {
            if (row.Text(column) is { } name && row.Text(column[..^"name".Length] + "value(s)") is { } value)
            {
                all[name] = value;
            }
        }

        return all.ToImmutable();
    }

    // Commas within names have a backslash before them.
    private static IEnumerable<string> Split(string text) => text
        .Replace("\\,", "\u001f", StringComparison.Ordinal)
        .Split(',')
        .Select(static part => part.Replace('\u001f', ','));

    private static bool IsA(SourceRow row, string type) =>
        row.Text("Type")?.Split(',', StringSplitOptions.TrimEntries).Contains(type, StringComparer.OrdinalIgnoreCase) == true;

    private static bool IsPublished(SourceRow row) => row.Text("Published") is null or "1";

    private static Dictionary<string, SourceRow> Index(IEnumerable<SourceRow> rows, Func<SourceRow, string?> keyOf) => rows
        .Where(row => keyOf(row) is not null)
        .DistinctBy(keyOf, StringComparer.Ordinal)
        .ToDictionary(row => keyOf(row)!, StringComparer.Ordinal);
}
