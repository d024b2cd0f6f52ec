using System.Globalization;
using ActorShop.Accounting;
using ActorShop.Orders;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

/// <summary>What was sold of each SKU a day, and the corrections: refunds, credit notes and manual entries.</summary>
internal static class Sales
{
    // The account of what is owed to customers beyond refunds.
    private const string CreditNotes = "credit-notes";

    public static void Add(Dictionary<(DateOnly Day, string Sku, string Currency), Sold> sold, SoldOrder order, Locality locality)
    {
        var day = locality.DayOf(order.PlacedAt);
        foreach (var line in order.Items)
        {
            var key = (day, line.Sku.Value, line.LineTotal.Currency);
            var before = sold.GetValueOrDefault(key) ?? new(day, line.Sku.Value, line.LineTotal.Currency, 0, 0, 0);
            sold[key] = before with
            {
                Units = before.Units + line.Quantity,
                Revenue = before.Revenue + (line.LineTotal.Amount % Sql.SumBase),
                RevenueHigh = before.RevenueHigh + (line.LineTotal.Amount / Sql.SumBase),
            };
        }
    }

    public static Sql Put(Dialect dialect, IReadOnlyCollection<Sold> sold) => Sql.Of(
        $"""
        insert into sold (day, sku, currency, units, revenue, revenue_high) select r.day, r.sku, r.currency, r.units, r.revenue, r.revenue_high
        from {dialect.Rows(sold, "day date, sku text, currency text, units bigint, revenue bigint, revenue_high bigint")} where true
        on conflict (day, sku, currency) do update set units = sold.units + excluded.units,
            revenue = sold.revenue % {Sql.SumBase} + excluded.revenue,
            revenue_high = sold.revenue_high + sold.revenue / {Sql.SumBase} + excluded.revenue_high
        """);

    public static Sql Put(Dialect dialect, IReadOnlyCollection<Correction> corrections) => Sql.Of(
        $"""
        insert into corrections (stream, seq, day, currency, document, refunded, credited, entry, lines)
        select r.stream, r.seq, r.day, r.currency, r.document, r.refunded, r.credited, r.entry, r.lines
        from {dialect.Rows(corrections, Correction.Columns)}
        """);

    public static Correction Correct(EventRow row, Refund refund, Locality locality) => Correct(
        row, locality.DayOf(refund.At), refund.Refunded.Currency, refund.ExternalId, refund.Refunded.Amount, refund.Credited.Amount, entry: 0, refund.Lines);

    /// <summary>The correction by a manual entry. Cash loses what the account gains: a credit note lessens sales, and so does a gain of bad debt.</summary>
    public static Correction Correct(EventRow row, LedgerEntry entry, Locality locality) => string.Equals(entry.Account, CreditNotes, StringComparison.Ordinal)
        ? Correct(row, locality.DayOf(entry.At), entry.Amount.Currency, entry.ExternalId, refunded: 0, entry.Amount.Amount, entry: 0, entry.Items.Length)
        : Correct(row, locality.DayOf(entry.At), entry.Amount.Currency, entry.ExternalId, refunded: 0, credited: 0, -entry.Amount.Amount, lines: 0);

    public static async Task<SalesReport> ReportAsync(DbSession session, SalesQuery query, Locality locality, (long Events, double Seconds) lag)
    {
        var (from, to) = (query.From ?? DateOnly.MinValue, query.To ?? DateOnly.MaxValue);
        var length = query.ByMonth ? "2011-11".Length : "2011-11-04".Length;
        var zero = new MoneySum(0, query.Currency);
        var none = new SalesRow(string.Empty, 0, 0, 0, zero, zero, zero, zero, 0, 0, zero);
        MoneySum Amount(Int128 amount) => new(amount, query.Currency);

        var sold = await session.SelectAsync(
            $"""
            select substr(cast(placed_day as text), 1, {length}), count(*), sum(lines), sum(units), {Sql.Sum("total")} from orders
            where counted = true and currency = {query.Currency} and placed_day between {from} and {to} group by 1
            """,
            row => none with { Period = row.Text(0), Orders = row.Int(1), Lines = row.Int(2), Units = row.Long(3), Gross = Amount(row.Sum(4)) });
        var corrected = await session.SelectAsync(
            $"""
            select substr(cast(day as text), 1, {length}), sum(lines), count(distinct document), {Sql.Sum("refunded")}, {Sql.Sum("credited")}, {Sql.Sum("entry")}
            from corrections
            where currency = {query.Currency} and day between {from} and {to} group by 1
            """,
            row => none with
            {
                Period = row.Text(0),
                RefundedLines = row.Int(1),
                Documents = row.Int(2),
                Refunded = Amount(row.Sum(3)),
                Credited = Amount(row.Sum(5)),
                Entries = Amount(row.Sum(7)),
            });
        ImmutableArray<SalesRow> periods =
        [
            .. sold.Concat(corrected)
                .GroupBy(static row => row.Period, StringComparer.Ordinal)
                .OrderBy(static period => period.Key, StringComparer.Ordinal)
                .Select(static period => period.Aggregate(Sum))
                .Select(static row => row with { Net = row.Gross - row.Refunded - row.Credited + row.Entries }),
        ];
        return new(periods, periods.Aggregate(none with { Period = "total" }, Sum), lag.Seconds, lag.Events, locality.TimeZone);
    }

    public static Task<ImmutableArray<BestSeller>> BestSellersAsync(DbSession session, DateOnly? from, DateOnly? to, int limit) => session.SelectAsync(
        $"""
        select sku, currency, sum(units), sum(revenue_high + revenue / {Sql.SumBase}), sum(revenue % {Sql.SumBase}) from sold
        where day between {from ?? DateOnly.MinValue} and {to ?? DateOnly.MaxValue}
        group by sku, currency order by 3 desc, sku, currency limit {limit}
        """,
        static row => new BestSeller(new(row.Text(0)), row.Long(2), new(row.Sum(3), row.Text(1))));

    // Corrections with one external id are one document, such as the refunds of a cancellation that names several orders.
    private static Correction Correct(
        EventRow row, DateOnly day, string currency, string? externalId, long refunded, long credited, long entry, int lines) => new(
        row.Stream, row.Sequence, day, currency, externalId ?? string.Create(CultureInfo.InvariantCulture, $"{row.Stream}#{row.Sequence}"),
        refunded, credited, entry, lines);

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

    /// <param name="Revenue">What is left of the revenue beside <paramref name="RevenueHigh"/>.</param>
    /// <param name="RevenueHigh">Billions of the revenue: of many orders it may need more than 64 bits.</param>
    internal sealed record Sold(DateOnly Day, string Sku, string Currency, long Units, long Revenue, long RevenueHigh);

    internal sealed record Correction(
        string Stream, long Seq, DateOnly Day, string Currency, string Document, long Refunded, long Credited, long Entry, int Lines)
    {
        public const string Columns =
            "stream text, seq bigint, day date, currency text, document text, refunded bigint, credited bigint, entry bigint, lines integer";
    }
}
