using System.Globalization;
using ActorShop.Cli.Shop;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Replays;

/// <summary>
/// Holds the shop's reports against the history. Between the two stand only steps that are listed: rounding, refusals, and documents
/// that the shop counts otherwise; what is left after them is a difference.
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
        Tables = [Totals(), Months(), MonthDocuments(), Sellers(), WhereItWent()];
        if (shop.LagEvents > 0)
        {
            _differences.Add($"the reports are still {shop.LagEvents} events behind");
        }
    }

    /// <summary>The figures.</summary>
    public IReadOnlyList<TextTable> Tables { get; }

    /// <summary>What nothing explains; empty where the shop agrees with the history.</summary>
    public IReadOnlyList<string> Differences => _differences;

    private TextTable Totals()
    {
        var said = _shop.Months.Values.Aggregate(ReportedMonth.None, static (sum, month) => sum + month);
        var due = _tally.Total;
        var went = _tally.Went;
        var table = new TextTable("Totals", "figure", "history", "rounding", "refused", "should be", "shop says", "difference");
        Add(table, "gross", Minor(_source.Gross), -went.RefusedOrderAmount, due.Gross, said.Gross);
        Add(
            table, "given back", Minor(_source.Cancelled), went.PointlessAmount, -(due.Refunded + due.Credited), -(said.Refunded + said.Credited));
        Add(table, "bad debt", Minor(_source.Entries), 0, due.Entries, said.Entries);
        Add(table, "net", Minor(_source.Net), went.PointlessAmount - went.RefusedOrderAmount, due.Net, said.Net);
        return table;
    }

    // Rounding is what is left between the history and what was booked once refusals are taken out; it is listed line by line below.
    private void Add(TextTable table, string figure, decimal history, long refused, long due, long said)
    {
        table.Add(figure, Show(history), Show(due - refused - history), Show(refused), Show(due), Show(said), Show(said - due));
        Differ(figure, due, said);
    }

    private TextTable Months()
    {
        var table = new TextTable(
            "Months: lines and net", "month", "lines", "without sale", "should be", "shop says", "net", "should be", "shop says", "difference");
        foreach (var (name, month) in _source.Months)
        {
            var due = _tally.Months.GetValueOrDefault(name, MonthTally.None);
            var said = _shop.Months.GetValueOrDefault(name, ReportedMonth.None);
            var lines = due.Lines + due.ReturnLines;
            table.Add(
                name, Count(month.Lines), Count(month.Lines - lines), Count(lines), Count(said.Lines + said.ReturnLines), Show(Minor(month.Net)),
                Show(due.Net), Show(said.Net), Show(said.Net - due.Net));
            Differ($"{name} order lines", due.Lines, said.Lines, isMoney: false);
            Differ($"{name} returned lines", due.ReturnLines, said.ReturnLines, isMoney: false);
            Differ($"{name} gross", due.Gross, said.Gross);
            Differ($"{name} refunded", due.Refunded, said.Refunded);
            Differ($"{name} credited", due.Credited, said.Credited);
            Differ($"{name} net", due.Net, said.Net);
        }

        foreach (var name in _shop.Months.Keys.Except(_source.Months.Keys, StringComparer.Ordinal))
        {
            _differences.Add($"the shop reports sales in {name}, the history has none");
        }

        return table;
    }

    private TextTable MonthDocuments()
    {
        var table = new TextTable(
            "Months: documents", "month", "history", "orders should be", "shop says", "refunds, notes, entries should be", "shop says");
        foreach (var (name, month) in _source.Months)
        {
            var due = _tally.Months.GetValueOrDefault(name, MonthTally.None);
            var said = _shop.Months.GetValueOrDefault(name, ReportedMonth.None);
            table.Add(name, Count(month.Documents), Count(due.Orders), Count(said.Orders), Count(due.ReturnDocuments), Count(said.ReturnDocuments));
            Differ($"{name} orders", due.Orders, said.Orders, isMoney: false);
            Differ($"{name} refunds, notes and entries", due.ReturnDocuments, said.ReturnDocuments, isMoney: false);
        }

        return table;
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
                // The shop's list ends above it, and rightly so: it was a best seller of the history that was mostly refused.
                table.Add(sku, Count(priced), Count(free), Count(due - priced - free), Count(due), "not listed", string.Empty);
                continue;
            }

            table.Add(sku, Count(priced), Count(free), Count(due - priced - free), Count(due), Count(units), Count(units - due));
            Differ($"units of {sku}", due, units, isMoney: false);
        }

        return table;
    }

    private TextTable WhereItWent()
    {
        var went = _tally.Went;
        var table = new TextTable("Where it went", "what", "count", "amount");
        table.Add("cancelled lines refunded to the order they name", Count(went.RefundedLines), Show(went.RefundedAmount));
        table.Add("refunds above what the lines were paid: the rest as credit note of the order", Count(went.ExcessRefunds), Show(went.ExcessAmount));
        table.Add("cancelled lines that name no order: credit notes of their own", Count(went.UnmatchedLines), Show(went.UnmatchedAmount));
        table.Add("cancelled lines whose order lacks the units: credit notes of their own", Count(went.LackingLines), Show(went.LackingAmount));
        table.Add("cancelled lines of refused orders: nothing to give back", Count(went.PointlessLines), Show(went.PointlessAmount));
        table.Add("orders refused", Count(went.RefusedOrders), Show(went.RefusedOrderAmount));
        table.Add("stock adjustments (units)", Count(went.Adjustments), Count(went.AdjustedUnits));
        table.Add("stock adjustments refused", Count(went.RefusedAdjustments), "");
        foreach (var (code, count) in _tally.Refusals)
        {
            table.Add($"steps refused with {code}", Count(count), "");
        }

        foreach (var line in _source.RoundedLines)
        {
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"rounded: invoice {line.Invoice} ({line.Month}), {line.Quantity} × {line.Sku} at {line.Price}"),
                "1", Show(line.Difference));
        }

        return table;
    }

    private void Differ(string figure, long due, long said, bool isMoney = true)
    {
        if (due != said)
        {
            _differences.Add(isMoney
                ? $"{figure}: the shop says {Show(said)}, it should be {Show(due)}"
                : $"{figure}: the shop says {Count(said)}, it should be {Count(due)}");
        }
    }

    private decimal Minor(decimal amount) => Currencies.ToMinor(amount, _tally.Currency);

    private string Show(decimal minor) => Currencies.Show(minor, _tally.Currency);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
