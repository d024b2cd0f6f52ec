namespace ActorShop.Import.Maps;

/// <summary>The shop's own columns, documented in <c>Cli/README.md</c>. Rows of one <c>externalId</c>, and a list in JSON, make several variants.</summary>
internal sealed class OwnMap : ProductMap
{
    private static readonly string[] OfVariants = ["sku", "price", "currency", "options", "option.*", "stock", "policy", "backorderLimit"];

    private static readonly string[] Columns =
        ["externalId", "name", "description", "category", "attributes", "attribute.*", "variants", .. OfVariants];

    public const string OfTheShop = "own";

    public override string Name => OfTheShop;

    protected override string[] Read => Columns;

    protected override string[] Counts => ["stock", "backorderLimit"];

    protected override string[] Keys => ["externalId"];

    /// <summary>The name of a column as this map reads it, for a name in any case; another name stays.</summary>
    public static string NameOf(string column) =>
        Array.Find(Columns, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase)) is { } known ? known
        : Array.Find(Columns, name => name.EndsWith('*') && column.Length >= name.Length && column.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)) is { } prefix
            ? prefix[..^1] + column[(prefix.Length - 1)..]
        : column;

    public override bool Recognises(IReadOnlySet<string> columns) => columns.Contains("sku") || columns.Contains("variants");

    public override IEnumerable<(string Text, string? Currency)> NumbersOf(SourceRow row, ImportSettings settings) =>
        base.NumbersOf(row, settings)
            .Concat(Inner(row).SelectMany(inner => base.NumbersOf(inner, settings with { Currency = CurrencyOf(row, settings) })));

    public override IEnumerable<IReadOnlyList<SourceRow>> Group(IReadOnlyList<SourceRow> rows, ReadingContext context) =>
        GroupBy(rows, static row => row.Text("externalId"));

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var row = rows[0];
        var id = row.Text("externalId");
        ImmutableArray<ImportVariant> variants = [.. rows.SelectMany(row => Variants(row, id, context))];
        var name = Agreed(rows, "name");
        return variants.IsEmpty ? throw row.Refuse("variants is empty")
            : name is "" ? throw row.Refuse("name is missing")
            : new ImportProduct(
                id ?? variants[0].Sku, IsIdStated: id is not null, name, Agreed(rows, "description"), Category(rows, context),
                Attributes(rows), variants);
    }

    protected override string CurrencyOf(SourceRow row, ImportSettings settings) => row.Text("currency") ?? settings.Currency;

    private static CategoryPath? Category(IReadOnlyList<SourceRow> rows, ReadingContext context) => Agreed(rows, "category") switch
    {
        null => null,
        "" => CategoryPath.None,
        var text => One(Paths(text).Select(static path => CategoryPath.Parse(path, '/', '>')), rows[0], context),
    };

    // Lines are several categories; commas are, if each part is a path.
    private static string[] Paths(string text)
    {
        var lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return lines.Length == 1 && Array.TrueForAll(parts, static part => part.AsSpan().IndexOfAny('/', '>') >= 0) ? parts : lines;
    }

    private static ImmutableSortedDictionary<string, string> Attributes(IReadOnlyList<SourceRow> rows)
    {
        var all = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var (name, text) in Texts(row, "attributes", "attribute."))
            {
                all = !all.TryGetValue(name, out var before) || string.Equals(before, text, StringComparison.Ordinal)
                    ? all.SetItem(name, text)
                    : throw row.Refuse($"attribute {name} differs from an earlier line of the same product");
            }
        }

        return all;
    }

    private static IEnumerable<ImportVariant> Variants(SourceRow row, string? id, ReadingContext context) =>
        row.Nested("variants") is null ? [Variant(row, row, id, context)]
        : Inner(row, mustBeList: true).Select(inner => Unknown(inner) is { } unknown && !context.Settings.IgnoreColumns
            ? throw row.Refuse($"the member {unknown} of a variant is unknown")
            : Variant(inner, row, id, context));

    private static IEnumerable<SourceRow> Inner(SourceRow row, bool mustBeList = false) => row.Nested("variants") switch
    {
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.Object) =>
            list.EnumerateArray().Select(row.Inner),
        not null when mustBeList => throw row.Refuse("variants is not a list of objects"),
        _ => [],
    };

    private static string? Unknown(SourceRow variant) => variant.Names.FirstOrDefault(static name =>
        !OfVariants.Contains(name, StringComparer.Ordinal) && !name.StartsWith("option.", StringComparison.Ordinal));

    private static ImportVariant Variant(SourceRow row, SourceRow product, string? id, ReadingContext context)
    {
        var settings = context.Settings;
        var currency = row.Text("currency") ?? product.Text("currency");
        if (!Currency.Exists(currency ?? settings.Currency))
        {
            throw row.Refuse($"currency is not an ISO 4217 code: '{currency}'");
        }

        var policy = row.Text("policy");
        if (policy is not (null or ImportVariant.Tracked or ImportVariant.Backorder or ImportVariant.Untracked))
        {
            throw row.Refuse($"policy is not tracked, backorder or untracked: '{policy}'");
        }

        var options = Texts(row, "options", "option.");
        return new ImportVariant(
            row.SkuOrNone("sku") ?? (id is null ? throw row.Refuse("sku is missing") : MakeSku(id, options.Values, row, context)),
            row.Price("price", currency), options, Opening(row, "stock", settings), policy, row.Count("backorderLimit"));
    }

    private static ImmutableSortedDictionary<string, string> Texts(SourceRow row, string member, string prefix) => row.Nested(member) switch
    {
        null => row.Prefixed(prefix),
        { ValueKind: JsonValueKind.Object } texts when row.Inner(texts) is var inner => inner.Some(inner.Names),
        _ => throw row.Refuse($"{member} is not an object"),
    };
}
