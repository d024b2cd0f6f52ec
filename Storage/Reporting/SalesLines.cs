using ActorShop.Reporting;

namespace ActorShop.Storage.Reporting;

/// <summary>Makes sales reports out of what a database has summed up by period.</summary>
internal sealed class SalesLines(string currency)
{
    /// <summary>What was sold in a period.</summary>
    public SalesRow Sold(string period, int orders, int lines, long units, long gross) =>
        Empty(period) with { Orders = orders, Lines = lines, Units = units, Gross = new(gross, currency) };

    /// <summary>What was given back in a period, or entered by hand.</summary>
    public SalesRow Corrected(string period, long refunded, long credited, long entries, int lines, int documents) => Empty(period) with
    {
        Refunded = new(refunded, currency),
        Credited = new(credited, currency),
        Entries = new(entries, currency),
        RefundedLines = lines,
        Documents = documents,
    };

    /// <summary>The report: a row a period in their order, each with what remains, and the sum of all.</summary>
    public SalesReport Report(IEnumerable<SalesRow> rows, (long Events, double Seconds) lag)
    {
        ImmutableArray<SalesRow> periods =
        [
            .. rows.GroupBy(static row => row.Period, StringComparer.Ordinal)
                .OrderBy(static period => period.Key, StringComparer.Ordinal)
                .Select(static period => period.Aggregate(Sum))
                .Select(static row => row with { Net = row.Gross - row.Refunded - row.Credited + row.Entries }),
        ];
        return new SalesReport(periods, periods.Aggregate(Empty("total"), Sum), lag.Seconds, lag.Events);
    }

    private SalesRow Empty(string period)
    {
        var nothing = Money.Zero(currency);
        return new(period, 0, 0, 0, nothing, nothing, nothing, nothing, 0, 0, nothing);
    }

    private static SalesRow Sum(SalesRow one, SalesRow other) => new(
        one.Period,
        one.Orders + other.Orders,
        one.Lines + other.Lines,
        one.Units + other.Units,
        one.Gross + other.Gross,
        one.Refunded + other.Refunded,
        one.Credited + other.Credited,
        one.Entries + other.Entries,
        one.RefundedLines + other.RefundedLines,
        one.Documents + other.Documents,
        one.Net + other.Net);
}
