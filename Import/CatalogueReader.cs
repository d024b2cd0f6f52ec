using ActorShop.Import.Maps;

namespace ActorShop.Import;

/// <summary>Reads catalogue files. A row that is invalid is refused with the other rows of its product, and the next one is read.</summary>
public static class CatalogueReader
{
    /// <summary>The names of the maps.</summary>
    public static ImmutableArray<string> Maps => [.. ProductMap.All.Select(static map => map.Name)];

    /// <summary>Reads all rows. The whole file is needed: it decides the map and the notation, and rows of one product may be apart.</summary>
    /// <exception cref="ImportException">The file as a whole is refused.</exception>
    public static async Task<Catalogue> ReadAsync(
        Stream input, CatalogueFormat format, ImportSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(settings);
        return Read(await SourceText.ReadAsync(input, settings.Encoding, cancellationToken), format, settings);
    }

    private static Catalogue Read(string text, CatalogueFormat format, ImportSettings settings)
    {
        var context = new ReadingContext(settings);
        var file = format is CatalogueFormat.Csv ? CsvSource.Read(text, context) : JsonSource.Read(text, context);
        if (format is CatalogueFormat.Csv && IsOwnInAnotherCase(file.Columns, settings))
        {
            context = new ReadingContext(settings) { NameOf = name => OwnNameOf(name, settings) };
            file = CsvSource.Read(text, context);
        }

        var rows = file.Rows.Count + context.Aside.Count;
        if (file.Columns.Count == 0 && context.Aside is [CatalogueItem.Refused refused, ..])
        {
            throw new ImportException($"no row can be read; line {refused.Line}: {refused.Reason}");
        }

        var map = Choose(file, settings);
        CheckColumns(file, map, settings);
        if (rows == 0)
        {
            throw new ImportException("the file has a header and no rows");
        }

        context.HasGuardedFormulas = map.HasGuardedFormulas;
        context.DecimalMark = settings.DecimalMark ?? Numbers.Judge(file.Rows.SelectMany(row => NumbersOf(row, map, settings)));
        var items = Products(file, map, context).Concat(context.Aside).OrderBy(static item => item.Line).ToImmutableArray();
        return new Catalogue(
            map.Name, rows, items, [.. context.Notes.OrderBy(static note => note.Line)],
            [.. file.Columns.Where(column => map.UseOf(column, settings) is not ColumnUse.Read)])
        {
            AssumesCurrency = context.AssumesCurrency,
        };
    }

    // SKU;Name;Price: no map, or the shop's own, would know the columns if their case made no difference.
    private static bool IsOwnInAnotherCase(IReadOnlyCollection<string> columns, ImportSettings settings)
    {
        string[] names = [.. columns.Select(name => OwnNameOf(name, settings))];
        return names.Distinct(StringComparer.Ordinal).Count() == columns.Count && !names.SequenceEqual(columns, StringComparer.Ordinal)
            && (settings.Map is { } map ? map is OwnMap.OfTheShop : Recognised(columns) is null or OwnMap && Recognised(names) is OwnMap);
    }

    private static string OwnNameOf(string column, ImportSettings settings) =>
        string.Equals(column, settings.OpeningStockColumn, StringComparison.Ordinal) ? column : OwnMap.NameOf(column);

    private static ProductMap? Recognised(IEnumerable<string> columns)
    {
        var names = columns.ToHashSet(StringComparer.Ordinal);
        return ProductMap.All.FirstOrDefault(map => map.Recognises(names));
    }

    private static ProductMap Choose(SourceFile file, ImportSettings settings)
    {
        if (settings.Map is { } name)
        {
            return ProductMap.All.FirstOrDefault(map => string.Equals(map.Name, name, StringComparison.Ordinal))
                ?? throw new ImportException($"there is no map '{name}'", $"map {string.Join('|', Maps)}");
        }

        return Recognised(file.Columns) ?? throw new ImportException(
            $"no map reads the columns {string.Join(", ", file.Columns)}; at least sku, name and price are needed",
            $"map {string.Join('|', Maps)}");
    }

    private static void CheckColumns(SourceFile file, ProductMap map, ImportSettings settings)
    {
        if (file.Repeated.FirstOrDefault(column => map.UseOf(column, settings) is ColumnUse.Read) is { } repeated)
        {
            throw new ImportException($"line 1: two columns have the name '{repeated}'");
        }

        if (settings.OpeningStockColumn is { } stock && !file.Columns.Contains(stock, StringComparer.Ordinal))
        {
            throw new ImportException($"the file has no column '{stock}'");
        }

        string[] unknown = [.. file.Columns.Where(column => map.UseOf(column, settings) is ColumnUse.Unknown)];
        if (unknown.Length > 0 && !settings.IgnoreColumns)
        {
            throw new ImportException($"the map '{map.Name}' does not know the columns {string.Join(", ", unknown)}", "ignore-columns");
        }
    }

    // A number that cannot be read as text is refused with its row.
    private static IEnumerable<(int Line, string Text, string? Currency)> NumbersOf(SourceRow row, ProductMap map, ImportSettings settings)
    {
        try
        {
            return [.. map.NumbersOf(row, settings).Select(number => (row.Line, number.Text, number.Currency))];
        }
        catch (RowException)
        {
            return [];
        }
    }

    private static List<CatalogueItem> Products(SourceFile file, ProductMap map, ReadingContext context)
    {
        var seen = new SeenProducts();
        var items = new List<CatalogueItem>(file.Rows.Count);
        foreach (var rows in map.Group([.. file.Rows.Where(row => map.HasKeys(row, context))], context))
        {
            try
            {
                var product = map.Map(rows, context);
                Check(product, rows[0], context.Settings);
                seen.Add(product, rows[0].Line);
                items.Add(new CatalogueItem.Accepted(rows[0].Line, rows.Count, product) { Lines = [.. rows.Select(static row => row.Line)] });
            }
            catch (RowException refusal)
            {
                context.DropNotes(rows.Select(static row => row.Line).ToHashSet());
                items.AddRange(rows.Select(row => new CatalogueItem.Refused(
                    row.Line, row.Line == refusal.Line ? refusal.Message : $"line {refusal.Line}, of the same product, is refused")));
            }
        }

        return items;
    }

    private static void Check(ImportProduct product, SourceRow row, ImportSettings settings)
    {
        if (product.IsForSale is not false && !settings.AllowFree
            && product.Variants.FirstOrDefault(static variant => variant.Price is { Amount: 0 }) is { } free)
        {
            throw row.Refuse($"the price of SKU '{free.Sku}' is zero, and the product is for sale (allow-free)");
        }
    }
}
