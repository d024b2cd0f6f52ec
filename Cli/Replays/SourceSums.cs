using System.Collections.Immutable;

namespace ActorShop.Cli.Replays;

/// <summary>What a history says about itself, to the last fraction: the figures that the shop's reports are held against.</summary>
internal sealed class SourceSums(EventMapping mapping)
{
    private readonly SortedDictionary<string, MonthSums> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Priced, long Free)> _units = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skus = new(StringComparer.Ordinal);
    private readonly List<RoundedLine> _rounded = [];
    private readonly int[] _documents = new int[Enum.GetValues<EventKind>().Length];

    /// <summary>The sales, exactly, in major units.</summary>
    public decimal Gross { get; private set; }

    /// <summary>The cancellations, zero or below.</summary>
    public decimal Cancelled { get; private set; }

    /// <summary>Bad debt, signed.</summary>
    public decimal Entries { get; private set; }

    /// <summary>All of it together.</summary>
    public decimal Net => Gross + Cancelled + Entries;

    /// <summary>All lines.</summary>
    public int Lines { get; private set; }

    /// <summary>All documents.</summary>
    public int Documents => _documents.Sum();

    /// <summary>SKUs that occur.</summary>
    public IReadOnlyCollection<string> Skus => _skus;

    /// <summary>By month.</summary>
    public IReadOnlyDictionary<string, MonthSums> Months => _months;

    /// <summary>Lines whose price is finer than money, and what rounding did to them.</summary>
    public IReadOnlyList<RoundedLine> RoundedLines => _rounded;

    /// <summary>What rounding added to the net, in minor units.</summary>
    public decimal Rounding => _rounded.Sum(static line => line.Difference);

    /// <summary>How many documents of a kind.</summary>
    public int CountOf(EventKind kind) => _documents[(int)kind];

    /// <summary>Counts an event.</summary>
    public void Add(ShopEvent happened)
    {
        _documents[(int)happened.Kind]++;
        Lines += happened.Lines.Length;
        var value = happened.Lines.Sum(static line => line.Value);
        switch (happened.Kind)
        {
            case EventKind.Order:
                Gross += value;
                break;
            case EventKind.Cancellation:
                Cancelled += value;
                break;
            case EventKind.BadDebt:
                Entries += value;
                break;
        }

        var month = _months.GetValueOrDefault(happened.Month, MonthSums.None);
        _months[happened.Month] = new MonthSums(month.Lines + happened.Lines.Length, month.Documents + 1, month.Net + value);
        foreach (var line in happened.Lines)
        {
            AddLine(happened, line);
        }
    }

    /// <summary>The SKUs that sold most units at a price, ties by name: what is given away is no best seller.</summary>
    public ImmutableArray<(string Sku, long Priced, long Free)> BestSellers(int count) =>
    [
        .. _units
            .Select(static sku => (Sku: sku.Key, sku.Value.Priced, sku.Value.Free))
            .OrderByDescending(static sku => sku.Priced)
            .ThenBy(static sku => sku.Sku, StringComparer.Ordinal)
            .Take(count),
    ];

    private void AddLine(ShopEvent happened, EventLine line)
    {
        _skus.Add(line.Sku);
        if (happened.Kind is EventKind.Order)
        {
            var (priced, free) = _units.GetValueOrDefault(line.Sku);
            _units[line.Sku] = line.Price > 0 ? (priced + line.Quantity, free) : (priced, free + line.Quantity);
        }

        if (mapping.RoundingOf(line) is not 0 and var difference)
        {
            _rounded.Add(new RoundedLine(happened.Invoice, happened.Month, line.Sku, line.Quantity, line.Price, difference));
        }
    }
}

/// <summary>A month of a history.</summary>
/// <param name="Lines">Lines of all documents.</param>
/// <param name="Documents">Documents of all kinds.</param>
/// <param name="Net">What they come to, in major units.</param>
internal sealed record MonthSums(int Lines, int Documents, decimal Net)
{
    public static MonthSums None { get; } = new(0, 0, 0);
}

/// <summary>A line that money could not express.</summary>
/// <param name="Invoice">Where.</param>
/// <param name="Month">When.</param>
/// <param name="Sku">What.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Price">At what price, in major units.</param>
/// <param name="Difference">What is booked less what it is worth, in minor units.</param>
internal sealed record RoundedLine(string Invoice, string Month, string Sku, int Quantity, decimal Price, decimal Difference);
