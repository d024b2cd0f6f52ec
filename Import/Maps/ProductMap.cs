namespace ActorShop.Import.Maps;

/// <summary>Makes products from the rows of one kind of file.</summary>
internal abstract class ProductMap
{
    /// <summary>All maps, the most specific first: the shop's own accepts every row with a SKU.</summary>
    public static IReadOnlyList<ProductMap> All { get; } =
        [new ShopifyMap(), new WooMap(), new MagentoMap(), new AwsMap(), new EshopMap(), new UciMap(), new OwnMap()];

    public abstract string Name { get; }

    /// <summary>Whether a spreadsheet guard, an apostrophe before <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, is taken away.</summary>
    public virtual bool HasGuardedFormulas => false;

    /// <summary>The columns that are read; a name that ends with <c>*</c> is a prefix.</summary>
    protected abstract string[] Read { get; }

    /// <summary>The columns that are known and not imported.</summary>
    protected virtual string[] LeftOut => [];

    /// <summary>The columns of prices.</summary>
    protected virtual string[] Prices => ["price"];

    /// <summary>The columns of counts.</summary>
    protected virtual string[] Counts => [];

    /// <summary>The columns that group rows into products.</summary>
    protected virtual string[] Keys => [];

    public abstract bool Recognises(IReadOnlySet<string> columns);

    public ColumnUse UseOf(string column, ImportSettings settings) =>
        Is(column, Read) || string.Equals(column, settings.OpeningStockColumn, StringComparison.Ordinal) ? ColumnUse.Read
        : Is(column, LeftOut) || LeavesOut(column) ? ColumnUse.LeftOut
        : ColumnUse.Unknown;

    /// <summary>The numbers of a row, with their currencies; null for counts.</summary>
    public virtual IEnumerable<(string Text, string? Currency)> NumbersOf(SourceRow row, ImportSettings settings) =>
        Prices.Select(column => (Column: column, Currency: (string?)CurrencyOf(row, settings)))
            .Concat(Counts.Append(settings.OpeningStockColumn).OfType<string>().Select(static column => (Column: column, Currency: (string?)null)))
            .Where(number => !row.HasNumber(number.Column))
            .Select(number => (Text: row.Text(number.Column)!, number.Currency))
            .Where(static number => number.Text is not null);

    /// <summary>Whether the row can be grouped; otherwise it is refused. In JSON a key may be a list or an object.</summary>
    public bool HasKeys(SourceRow row, ReadingContext context)
    {
        try
        {
            foreach (var key in Keys)
            {
                row.Said(key);
            }

            return true;
        }
        catch (RowException refusal)
        {
            context.Refuse(refusal.Line, refusal.Message);
            return false;
        }
    }

    /// <summary>Groups the rows of each product, in the order of the file. Rows that belong to none are refused or left out.</summary>
    public virtual IEnumerable<IReadOnlyList<SourceRow>> Group(IReadOnlyList<SourceRow> rows, ReadingContext context) =>
        rows.Select(static row => new[] { row });

    /// <exception cref="RowException">A row is invalid: the product is refused.</exception>
    public abstract ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context);

    /// <summary>Whether a column is known and not imported, though its name is made by the user of the other shop.</summary>
    protected virtual bool LeavesOut(string column) => false;

    protected virtual string CurrencyOf(SourceRow row, ImportSettings settings) => settings.Currency;

    /// <summary>Groups rows by a key; a row without one is a product of its own.</summary>
    protected static IEnumerable<IReadOnlyList<SourceRow>> GroupBy(IEnumerable<SourceRow> rows, Func<SourceRow, string?> keyOf) =>
        rows.GroupBy(row => keyOf(row) is { } key ? $"={key}" : $"#{row.Line}", StringComparer.Ordinal).Select(static group => group.ToArray());

    /// <summary>Opening stock under the settings, rounded up to whole units; null if the row has none.</summary>
    protected static int? Opening(SourceRow row, string? column, ImportSettings settings)
    {
        if ((settings.OpeningStockColumn ?? column) is not { } name || row.Whole(name) is not { } count)
        {
            return null;
        }

        var units = decimal.Ceiling(count * settings.StockFactor);
        return Math.Abs(units) <= int.MaxValue ? (int)units : throw row.Refuse($"{name} is too large: {units}");
    }

    /// <summary>The deepest path, the first of equal ones. The shop keeps one category for each product.</summary>
    protected static CategoryPath? One(IEnumerable<CategoryPath?> paths, SourceRow row, ReadingContext context)
    {
        CategoryPath[] all = [.. paths.OfType<CategoryPath>()];
        var chosen = all.MaxBy(static path => path.Names.Length);
        if (Array.Exists(all, path => !path.IsAncestorOf(chosen!) && !string.Equals(path.Code, chosen!.Code, StringComparison.Ordinal)))
        {
            context.Note(row, "the product has several categories, and the shop keeps one", chosen!.ToString());
        }

        return chosen;
    }

    /// <summary>A SKU for a variant without one: the product's key and the values of the options.</summary>
    protected static string MakeSku(string key, IEnumerable<string> values, SourceRow row, ReadingContext context)
    {
        var text = string.Join('-', values.Prepend(key).Select(static part => new string([.. part.Trim().Select(
            static c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-')])));
        var sku = ShortText.Fit(text, Sku.MaxLength);
        context.Note(row, "the SKU is missing and is made from the product and its options", sku);
        return sku;
    }

    /// <summary>What several rows say about one member: the same, or nothing.</summary>
    protected static string? Agreed(IReadOnlyList<SourceRow> rows, string name)
    {
        SourceRow? first = null;
        foreach (var row in rows)
        {
            if (row.Said(name) is not { } said)
            {
                continue;
            }

            first ??= row;
            if (!string.Equals(first.Said(name), said, StringComparison.Ordinal))
            {
                throw row.Refuse($"{name} differs from line {first.Line}, which is of the same product");
            }
        }

        return first?.Said(name);
    }

    private static bool Is(string column, string[] names) => Array.Exists(names, name => name.EndsWith('*')
        ? column.StartsWith(name[..^1], StringComparison.Ordinal) && column.Length >= name.Length
        : string.Equals(name, column, StringComparison.Ordinal));
}
