using ActorShop.Cli.Terminal;
using ActorShop.Import;

namespace ActorShop.Cli.Imports;

/// <summary>Counts rows and their outcomes. Safe from any thread.</summary>
internal sealed class ImportTally
{
    private readonly Catalogue _catalogue;
    private readonly ConcurrentDictionary<ImportOutcome, int> _outcomes = new();
    private readonly ConcurrentBag<(int Line, string Reason, ImmutableArray<int> Others)> _refused;
    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);
    private int _refusedRows;
    private readonly int _leftOut;
    private int _imported;
    private long _opened;
    private int _archived;
    private int _withoutStock;

    public ImportTally(Catalogue catalogue)
    {
        _catalogue = catalogue;
        _refused = [.. catalogue.Items.OfType<CatalogueItem.Refused>().Select(static row => (row.Line, row.Reason, ImmutableArray<int>.Empty))];
        _refusedRows = _refused.Count;
        _leftOut = catalogue.Items.OfType<CatalogueItem.LeftOut>().Count();
    }

    public int Rows => _catalogue.Rows;

    /// <summary>Rows that have an outcome, were refused or left out.</summary>
    public int Settled => _imported + _refusedRows + _leftOut;

    /// <summary>The refused rows: one of each product that the shop refused, with the others of the product, and each row that was refused when it was read.</summary>
    public IReadOnlyList<(int Line, string Reason, ImmutableArray<int> Others)> Refused => [.. _refused.OrderBy(static row => row.Line)];

    public bool HasImported => _imported > 0;

    /// <summary>The SKUs that the import puts on sale without stock.</summary>
    public int WithoutStock => _withoutStock;

    public bool IsBalanced => Rows == Settled;

    public void Count(CatalogueItem.Accepted item, ImportOutcome outcome)
    {
        Interlocked.Add(ref _imported, item.Rows);
        _outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
    }

    public void Refuse(CatalogueItem.Accepted item, string reason)
    {
        Interlocked.Add(ref _refusedRows, item.Rows);
        _refused.Add((item.Line, reason, item.Lines.Remove(item.Line)));
    }

    public void CountWithoutStock(int skus) => Interlocked.Add(ref _withoutStock, skus);

    public void CountOpened(int units) => Interlocked.Add(ref _opened, units);

    /// <summary>Counts a SKU that had a stock record before, which is not changed.</summary>
    public void CountKept(string sku) => _kept[sku] = true;

    /// <summary>Counts a product that is archived in the shop and stays so.</summary>
    public void CountArchived() => Interlocked.Increment(ref _archived);

    public TextTable ToTable(bool isDry)
    {
        var table = new TextTable(isDry ? "Import, dry run" : "Import", "what", "count");
        Add("rows", Rows);
        foreach (var (outcome, count) in _outcomes.OrderBy(static pair => pair.Key))
        {
            Add(Describe(outcome, isDry), count);
        }

        Add("rows refused", _refusedRows);
        AddUnlessZero("rows left out", _leftOut);
        AddUnlessZero("archived products that stay archived", _archived);
        if (!isDry)
        {
            Add("units of opening stock", _opened);
        }

        Add("SKUs that already had stock (not changed)", _kept.Count);
        return table;

        void Add(string what, long count) => table.Add(what, count.ToString("N0", CultureInfo.InvariantCulture));

        void AddUnlessZero(string what, long count)
        {
            if (count > 0)
            {
                Add(what, count);
            }
        }
    }

    /// <summary>The sum: each row is imported, refused or left out.</summary>
    public string Summary()
    {
        var products = _outcomes.Values.Sum();
        var imported = products == _imported ? $"{products} products" : $"{products} products in {_imported} rows";
        var left = _leftOut > 0 ? $" + {_leftOut} left out" : string.Empty;
        return $"{Rows} rows = {imported} + {_refusedRows} refused{left}{(IsBalanced ? string.Empty : ": THEY DO NOT ADD UP")}";
    }

    private static string Describe(ImportOutcome outcome, bool isDry) => (outcome, isDry) switch
    {
        (ImportOutcome.Created, false) => "products created",
        (ImportOutcome.Updated, false) => "products updated",
        (ImportOutcome.Created, true) => "products that would be created",
        (ImportOutcome.Updated, true) => "products that would be updated",
        (ImportOutcome.Unchanged, _) => "products that were there, the same",
        _ => "products done by the run before",
    };
}
