using ActorShop.Reporting;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Postgres;

internal sealed partial class PostgresReadModels
{
    /// <inheritdoc/>
    public Task<SalesReport> GetSalesAsync(SalesQuery query) => database.QueryAsync(async question =>
    {
        object[] arguments = [query.Currency, query.From ?? DateOnly.MinValue, query.To ?? DateOnly.MaxValue, query.ByMonth ? "YYYY-MM" : "YYYY-MM-DD"];
        var lines = new SalesLines(query.Currency);
        var sold = await question.SelectAsync(
            "select to_char(placed_day, $4), count(*)::integer, sum(lines)::integer, sum(units)::bigint, sum(total)::bigint from orders "
            + "where counted and currency = $1 and placed_day between $2 and $3 group by 1",
            row => lines.Sold(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4)),
            arguments);
        var corrected = await question.SelectAsync(
            "select to_char(day, $4), sum(refunded)::bigint, sum(credited)::bigint, sum(entry)::bigint, sum(lines)::integer, "
            + "count(distinct document)::integer from corrections where currency = $1 and day between $2 and $3 group by 1",
            row => lines.Corrected(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt32(4), row.GetInt32(5)),
            arguments);
        return lines.Report(sold.Concat(corrected), await _projection.LagOfAsync(question, Projections.Reporting));
    });

    /// <inheritdoc/>
    public Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit) =>
        database.QueryAsync(question => question.SelectAsync(
            "select sku, currency, sum(units)::bigint, sum(revenue)::bigint from sold where day between $1 and $2 "
            + "group by sku, currency order by 3 desc, sku, currency limit $3",
            static row => new BestSeller(new(row.GetString(0)), row.GetInt64(2), new(row.GetInt64(3), row.GetString(1))),
            from ?? DateOnly.MinValue,
            to ?? DateOnly.MaxValue,
            limit));

    /// <inheritdoc/>
    public Task<StockValueReport> GetStockValueAsync(string currency) => database.QueryAsync(question => question.FirstAsync(
        "select count(*)::integer, coalesce(sum(s.on_hand), 0)::bigint, coalesce(sum(s.on_hand * p.amount), 0)::bigint, "
        + "count(*) filter (where p.amount is null)::integer "
        + "from stock_levels s left join sku_prices p on p.sku = s.sku and p.currency = $1 where s.policy <> 'untracked' and s.on_hand > 0",
        row => new StockValueReport(row.GetInt32(0), row.GetInt64(1), new(row.GetInt64(2), currency), row.GetInt32(3)),
        new StockValueReport(0, 0, Money.Zero(currency), 0),
        currency));
}
