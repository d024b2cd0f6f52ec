using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Imports;

/// <summary>Counts rows and their outcomes. Safe from any thread.</summary>
internal sealed class ImportTally
{
    private readonly ConcurrentDictionary<ImportOutcome, int> _outcomes = new();
    private readonly ConcurrentBag<(int Line, string Reason)> _refused = [];
    private int _rows;
    private long _opened;
    private int _kept;

    public int Rows => _rows;

    /// <summary>Rows that have an outcome or were refused.</summary>
    public int Settled => _outcomes.Values.Sum() + _refused.Count;

    public IReadOnlyList<(int Line, string Reason)> Refused => [.. _refused.OrderBy(static row => row.Line)];

    public bool IsBalanced => Rows == Settled;

    /// <returns>Whether it was accepted.</returns>
    public bool Accepts(RowReading row)
    {
        Interlocked.Increment(ref _rows);
        if (row is RowReading.Refused refused)
        {
            Refuse(refused.Line, refused.Reason);
        }

        return row is RowReading.Accepted;
    }

    public void Count(ImportOutcome outcome) => _outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);

    public void Refuse(int line, string reason) => _refused.Add((line, reason));

    public void CountOpened(int units) => Interlocked.Add(ref _opened, units);

    /// <summary>Counts a SKU whose stock has a history and was left alone.</summary>
    public void CountKept() => Interlocked.Increment(ref _kept);

    public TextTable ToTable()
    {
        var table = new TextTable("Import", "what", "count");
        Add("rows", Rows);
        foreach (var (outcome, count) in _outcomes.OrderBy(static pair => pair.Key))
        {
            Add(Describe(outcome), count);
        }

        Add("rows refused", _refused.Count);
        if (!_outcomes.ContainsKey(ImportOutcome.Valid))
        {
            Add("units of opening stock", _opened);
            Add("SKUs whose stock had a history and was left alone", _kept);
        }

        return table;

        void Add(string what, long count) => table.Add(what, count.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static string Describe(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Created => "products created",
        ImportOutcome.Updated => "products updated",
        ImportOutcome.Unchanged => "products that were there, the same",
        ImportOutcome.DoneBefore => "products done by the run before",
        _ => "products that would be sent",
    };
}
