using ActorShop.Cli.Shop;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Replays;

/// <summary>
/// Compares the shop's reports with the history. Between the two stand only listed steps: rounding, refusals, and documents that the
/// shop counts otherwise. What they do not explain is a difference.
/// </summary>
internal sealed class ReplayComparison
{
    private const int BestSellers = 20;

    private readonly List<string> _differences = [];
    private readonly SourceSums _source;
    private readonly ReplayTally _tally;
    private readonly ShopReports _shop;

    public ReplayComparison(SourceSums source, ReplayTally tally, ShopReports shop, IReadOnlyList<string> statedDifferences)
    {
        (_source, _tally, _shop) = (source, tally, shop);
        _differences.AddRange(statedDifferences);
        var (net, documents) = Months();
        Tables = [Totals(), net, documents, Sellers(), WhereItWent()];
        if (shop.LagEvents > 0)
        {
            _differences.Add($"the reports are still {shop.LagEvents} events behind");
        }
    }

    public IReadOnlyList<TextTable> Tables { get; }

    /// <summary>The unexplained differences; empty if the shop agrees with the history.</summary>
    public IReadOnlyList<string> Differences => _differences;

    private TextTable Totals()
    {
        var said = MonthFigures.Sum(_shop.Months.Values);
        var due = _tally.Total;
        var (refused, pointless) = (_tally.Went(Destination.RefusedOrders).Amount, _tally.Went(Destination.Pointless).Amount);
        var table = new TextTable("Totals", "figure", "history", "rounding", "refused", "should be", "shop says", "difference");
        Add("gross", Minor(_source.ValueOf(EventKind.Order)), -refused, due.Gross, said.Gross);
        Add("given back", Minor(_source.ValueOf(EventKind.Cancellation)), pointless, -(due.Refunded + due.Credited), -(said.Refunded + said.Credited));
        Add("bad debt", Minor(_source.ValueOf(EventKind.BadDebt)), 0, due.Entries, said.Entries);
        Add("net", Minor(_source.Net), pointless - refused, due.Net, said.Net);
        return table;

        // Rounding is what is left between the history and the books once refusals are taken out; the last table lists its lines.
        void Add(string figure, decimal history, long refused, long due, long said)
        {
            table.Add(figure, Show(history), Show(due - refused - history), Show(refused), Show(due), Show(said), Show(said - due));
            Differ(figure, due, said, Show);
        }
    }

    private (TextTable Net, TextTable Documents) Months()
    {
        var net = new TextTable(
            "Months: lines and net", "month", "lines", "without sale", "should be", "shop says", "net", "should be", "shop says", "difference");
        var documents = new TextTable(
            "Months: documents", "month", "history", "orders should be", "shop says", "refunds, notes, entries should be", "shop says");
        foreach (var (name, month) in _source.Months)
        {
            var due = _tally.Months.GetValueOrDefault(name, MonthFigures.None);
            var said = _shop.Months.GetValueOrDefault(name, MonthFigures.None);
            var lines = due.Lines + due.ReturnLines;
            net.Add(
                name, Count(month.Lines), Count(month.Lines - lines), Count(lines), Count(said.Lines + said.ReturnLines), Show(Minor(month.Net)),
                Show(due.Net), Show(said.Net), Show(said.Net - due.Net));
            documents.Add(name, Count(month.Documents), Count(due.Orders), Count(said.Orders), Count(due.ReturnDocuments), Count(said.ReturnDocuments));
            Differ($"{name} orders", due.Orders, said.Orders, Count);
            Differ($"{name} order lines", due.Lines, said.Lines, Count);
            Differ($"{name} refunds, notes and entries", due.ReturnDocuments, said.ReturnDocuments, Count);
            Differ($"{name} returned lines", due.ReturnLines, said.ReturnLines, Count);
            Differ($"{name} gross", due.Gross, said.Gross, Show);
            Differ($"{name} refunded", due.Refunded, said.Refunded, Show);
            Differ($"{name} credited", due.Credited, said.Credited, Show);
            Differ($"{name} net", due.Net, said.Net, Show);
        }

        _differences.AddRange(_shop.Months.Keys.Except(_source.Months.Keys, StringComparer.Ordinal)
            .Select(static name => $"the shop reports sales in {name}, the history has none"));
        return (net, documents);
    }

    private TextTable Sellers()
    {
        var table = new TextTable(
            $"Top {BestSellers} by units", "SKU", "at a price", "at no price", "in refused orders", "should be", "shop says", "difference");
        var said = _shop.Units.ToDictionary(static seller => seller.Sku, static seller => seller.Units, StringComparer.Ordinal);
        foreach (var (sku, priced, free) in _source.BestSellers(BestSellers))
        {
            var due = _tally.Units.GetValueOrDefault(sku);
            if (!said.TryGetValue(sku, out var units) && _shop.Units.Count == ShopReports.MostSellers && due <= _shop.Units[^1].Units)
            {
                // The shop's list rightly ends above it: most units of this best seller of the history were refused.
                table.Add(sku, Count(priced), Count(free), Count(due - priced - free), Count(due), "not listed", string.Empty);
                continue;
            }

            table.Add(sku, Count(priced), Count(free), Count(due - priced - free), Count(due), Count(units), Count(units - due));
            Differ($"units of {sku}", due, units, Count);
        }

        return table;
    }

    private TextTable WhereItWent()
    {
        var table = new TextTable("Where it went", "what", "count", "amount");
        foreach (var where in Enum.GetValues<Destination>())
        {
            var (count, amount) = _tally.Went(where);
            table.Add(Describe(where), Count(count), where switch
            {
                Destination.Adjustments => Count(amount),
                Destination.RefusedAdjustments => string.Empty,
                _ => Show(amount),
            });
        }

        foreach (var (code, count) in _tally.Refusals)
        {
            table.Add($"steps refused with {code}", Count(count), string.Empty);
        }

        foreach (var line in _source.RoundedLines)
        {
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"rounded: invoice {line.Invoice} ({line.Month}), {line.Quantity} × {line.Sku} at {line.Price}"),
                "1", Show(line.Difference));
        }

        return table;
    }

    private static string Describe(Destination where) => where switch
    {
        Destination.Refunded => "cancelled lines refunded to the order they name",
        Destination.Excess => "refunds above what the lines were paid: the rest as credit note of the order",
        Destination.Unmatched => "cancelled lines that name no order: credit notes of their own",
        Destination.Lacking => "cancelled lines whose order lacks the units: credit notes of their own",
        Destination.Pointless => "cancelled lines of refused orders: nothing to give back",
        Destination.RefusedOrders => "orders refused",
        Destination.Adjustments => "stock adjustments (units)",
        _ => "stock adjustments refused",
    };

    private void Differ(string figure, long due, long said, Func<long, string> show)
    {
        if (due != said)
        {
            _differences.Add($"{figure}: the shop says {show(said)}, it should be {show(due)}");
        }
    }

    private decimal Minor(decimal amount) => MinorUnits.Of(amount, _tally.Mapping.Currency);

    private string Show(decimal minor) => MinorUnits.Show(minor, _tally.Mapping.Currency);

    private string Show(long minor) => Show((decimal)minor);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
