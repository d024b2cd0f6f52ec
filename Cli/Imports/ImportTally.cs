using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Imports;

/// <summary>What became of a row that was not refused.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportOutcome>))]
internal enum ImportOutcome
{
    /// <summary>The product is new.</summary>
    Created,

    /// <summary>The product was there and says something else now.</summary>
    Updated,

    /// <summary>The product was there and said the same.</summary>
    Unchanged,

    /// <summary>The journal has it from an earlier run.</summary>
    DoneBefore,

    /// <summary>It would be sent, were this no dry run.</summary>
    Valid,
}

/// <summary>Counts rows and what became of them. Safe from any thread.</summary>
internal sealed class ImportTally
{
    private readonly ConcurrentDictionary<ImportOutcome, int> _outcomes = new();
    private readonly ConcurrentBag<(int Line, string Reason)> _refused = [];
    private int _rows;
    private long _opened;
    private int _kept;

    /// <summary>Rows read.</summary>
    public int Rows => _rows;

    /// <summary>Rows with an outcome of either kind.</summary>
    public int Settled => _outcomes.Values.Sum() + _refused.Count;

    /// <summary>The rows that are no products, by line.</summary>
    public IReadOnlyList<(int Line, string Reason)> Refused => [.. _refused.OrderBy(static row => row.Line)];

    /// <summary>Whether each row is either a product or refused: nothing fell between.</summary>
    public bool IsBalanced => Rows == Settled;

    public void CountRow() => Interlocked.Increment(ref _rows);

    public void Count(ImportOutcome outcome) => _outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);

    public int CountOf(ImportOutcome outcome) => _outcomes.GetValueOrDefault(outcome);

    public void Refuse(int line, string reason) => _refused.Add((line, reason));

    /// <summary>Counts units that a SKU began with.</summary>
    public void CountOpened(int units) => Interlocked.Add(ref _opened, units);

    /// <summary>Counts a SKU whose stock has a history already and was left alone.</summary>
    public void CountKept() => Interlocked.Increment(ref _kept);

    /// <summary>The counts.</summary>
    public TextTable ToTable()
    {
        var table = new TextTable("Import", "what", "count");
        table.Add("rows", Show(Rows));
        foreach (var outcome in Enum.GetValues<ImportOutcome>().Where(outcome => CountOf(outcome) > 0))
        {
            table.Add(Words(outcome), Show(CountOf(outcome)));
        }

        table.Add("rows refused", Show(_refused.Count));
        if (CountOf(ImportOutcome.Valid) == 0)
        {
            table.Add("units of opening stock", Show(_opened));
            table.Add("SKUs whose stock had a history and was left alone", Show(_kept));
        }

        return table;
    }

    private static string Words(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Created => "products created",
        ImportOutcome.Updated => "products updated",
        ImportOutcome.Unchanged => "products that were there, the same",
        ImportOutcome.DoneBefore => "products done by the run before",
        _ => "products that would be sent",
    };

    private static string Show(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
