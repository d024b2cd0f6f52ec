using System.Globalization;
using ActorShop.Reporting;

namespace ActorShop.Storage.Sqlite;

internal sealed partial class SqliteReadModels
{
    private const string FirstDay = "0000-00-00";
    private const string LastDay = "9999-99-99";

    /// <inheritdoc/>
    public Task<SalesReport> GetSalesAsync(SalesQuery query) => database.Readers.QueryAsync(connection =>
    {
        SqlValue[] arguments = [query.Currency, Day(query.From) ?? FirstDay, Day(query.To) ?? LastDay, query.ByMonth ? 7 : 10];
        var rows = new SortedDictionary<string, SalesRow>(StringComparer.Ordinal);
        var money = Money.Zero(query.Currency);
        SalesRow Empty(string period) => new(period, 0, 0, 0, money, money, money, money, 0, 0, money);
        foreach (var sold in connection.Select(
            "select substr(placed_day, 1, ?4), count(*), sum(lines), sum(units), sum(total) from orders "
            + "where counted = 1 and currency = ?1 and placed_day between ?2 and ?3 group by 1",
            row => Empty(row.Text(0)) with
            {
                Orders = row.Number(1),
                Lines = row.Number(2),
                Units = row.Integer(3),
                Gross = new(row.Integer(4), query.Currency),
            },
            arguments))
        {
            rows[sold.Period] = sold;
        }

        foreach (var corrected in connection.Select(
            "select substr(day, 1, ?4), sum(refunded), sum(credited), sum(entry), sum(lines), count(distinct document) from corrections "
            + "where currency = ?1 and day between ?2 and ?3 group by 1",
            row => Empty(row.Text(0)) with
            {
                Refunded = new(row.Integer(1), query.Currency),
                Credited = new(row.Integer(2), query.Currency),
                Entries = new(row.Integer(3), query.Currency),
                RefundedLines = row.Number(4),
                Documents = row.Number(5),
            },
            arguments))
        {
            rows[corrected.Period] = Sum(corrected.Period, rows.GetValueOrDefault(corrected.Period) ?? Empty(corrected.Period), corrected);
        }

        var (events, seconds) = _projection.LagOf(connection, Projections.Reporting);
        ImmutableArray<SalesRow> periods = [.. rows.Values.Select(static row => row with { Net = row.Gross - row.Refunded - row.Credited + row.Entries })];
        return new SalesReport(periods, periods.Aggregate(Empty("total"), static (total, row) => Sum(total.Period, total, row)), seconds, events);
    });

    /// <inheritdoc/>
    public Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit) =>
        database.Readers.QueryAsync(connection => connection.Select(
            "select sku, currency, sum(units), sum(revenue) from sold where day between ?1 and ?2 "
            + "group by sku, currency order by 3 desc, sku, currency limit ?3",
            static row => new BestSeller(new(row.Text(0)), row.Integer(2), new(row.Integer(3), row.Text(1))),
            Day(from) ?? FirstDay,
            Day(to) ?? LastDay,
            limit));

    /// <inheritdoc/>
    public Task<StockValueReport> GetStockValueAsync(string currency) => database.Readers.QueryAsync(connection => connection.First(
        "select count(*), coalesce(sum(s.on_hand), 0), coalesce(sum(s.on_hand * p.amount), 0), coalesce(sum(p.amount is null), 0) "
        + "from stock_levels s left join sku_prices p on p.sku = s.sku and p.currency = ?1 where s.policy <> 'untracked' and s.on_hand > 0",
        row => new StockValueReport(row.Number(0), row.Integer(1), new(row.Integer(2), currency), row.Number(3)),
        new StockValueReport(0, 0, Money.Zero(currency), 0),
        currency));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static SalesRow Sum(string period, SalesRow one, SalesRow other) => new(
        period,
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
