namespace ActorShop.Cli.Replays;

/// <summary>The exact figures of a history, with which the shop's reports are compared. Amounts are in major units.</summary>
internal sealed class SourceSums
{
    private readonly ILookup<EventKind, ShopEvent> _kinds;
    private readonly (string Sku, long Priced, long Free)[] _sold;

    public SourceSums(IReadOnlyList<ShopEvent> events, EventMapping mapping)
    {
        Events = events;
        _kinds = events.ToLookup(static happened => happened.Kind);
        _sold =
        [
            .. _kinds[EventKind.Order]
                .SelectMany(static sale => sale.Lines)
                .GroupBy(static line => line.Sku, StringComparer.Ordinal)
                .Select(static sku => (sku.Key, sku.Sum(static line => line.Price > 0 ? line.Quantity : 0L), sku.Sum(static line => line.Price > 0 ? 0L : line.Quantity))),
        ];
        Skus = events.SelectMany(static happened => happened.Lines).Select(static line => line.Sku).ToHashSet(StringComparer.Ordinal);
        Months = events.GroupBy(static happened => happened.Month, StringComparer.Ordinal).ToImmutableSortedDictionary(
            static month => month.Key,
            static month => new MonthSums(month.Sum(static happened => happened.Lines.Length), month.Count(), month.Sum(static happened => happened.Value)),
            StringComparer.Ordinal);
        RoundedLines =
        [
            .. from happened in events
               from line in happened.Lines
               let difference = mapping.RoundingOf(line)
               where difference != 0
               select new RoundedLine(happened.Invoice, happened.Month, line.Sku, line.Quantity, line.Price, difference),
        ];
    }

    public IReadOnlyList<ShopEvent> Events { get; }

    public IReadOnlySet<string> Skus { get; }

    public ImmutableSortedDictionary<string, MonthSums> Months { get; }

    /// <summary>Lines whose price is finer than the minor unit.</summary>
    public ImmutableArray<RoundedLine> RoundedLines { get; }

    public int Lines => Months.Values.Sum(static month => month.Lines);

    public decimal Net => ValueOf(EventKind.Order) + ValueOf(EventKind.Cancellation) + ValueOf(EventKind.BadDebt);

    public int CountOf(EventKind kind) => _kinds[kind].Count();

    /// <summary>The value of all documents of a kind: cancellations are negative, bad debt is signed.</summary>
    public decimal ValueOf(EventKind kind) => _kinds[kind].Sum(static happened => happened.Value);

    /// <summary>The SKUs that sold most units at a price, ties by name; units without a price do not count.</summary>
    public ImmutableArray<(string Sku, long Priced, long Free)> BestSellers(int count) =>
    [
        .. _sold.OrderByDescending(static sku => sku.Priced).ThenBy(static sku => sku.Sku, StringComparer.Ordinal).Take(count),
    ];
}

internal sealed record MonthSums(int Lines, int Documents, decimal Net)
{
    public static MonthSums None { get; } = new(0, 0, 0);
}

/// <summary>A line with a price finer than the minor unit; the difference is the booked less the exact value, in minor units.</summary>
internal sealed record RoundedLine(string Invoice, string Month, string Sku, int Quantity, decimal Price, decimal Difference);
