using System.Globalization;
using ActorShop.Reporting;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Sqlite;

internal sealed partial class SqliteReadModels
{
    private const string FirstDay = "0000-00-00";
    private const string LastDay = "9999-99-99";

    /// <inheritdoc/>
    public Task<SalesReport> GetSalesAsync(SalesQuery query) => database.Readers.QueryAsync(connection =>
    {
        SqlValue[] arguments = [query.Currency, Day(query.From) ?? FirstDay, Day(query.To) ?? LastDay, query.ByMonth ? 7 : 10];
        var lines = new SalesLines(query.Currency);
        var sold = connection.Select(
            "select substr(placed_day, 1, ?4), count(*), sum(lines), sum(units), sum(total) from orders "
            + "where counted = 1 and currency = ?1 and placed_day between ?2 and ?3 group by 1",
            row => lines.Sold(row.Text(0), row.Number(1), row.Number(2), row.Integer(3), row.Integer(4)),
            arguments);
        var corrected = connection.Select(
            "select substr(day, 1, ?4), sum(refunded), sum(credited), sum(entry), sum(lines), count(distinct document) from corrections "
            + "where currency = ?1 and day between ?2 and ?3 group by 1",
            row => lines.Corrected(row.Text(0), row.Integer(1), row.Integer(2), row.Integer(3), row.Number(4), row.Number(5)),
            arguments);
        return lines.Report(sold.Concat(corrected), _projection.LagOf(connection, Projections.Reporting));
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
}
