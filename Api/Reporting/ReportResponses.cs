using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>Sales by period.</summary>
/// <param name="Rows">One per period in which something happened.</param>
/// <param name="Total">All of them together.</param>
/// <param name="LagSeconds">How far the report is behind what is committed.</param>
/// <param name="LagEvents">How many events it is behind.</param>
public sealed record SalesResponse(IReadOnlyList<SalesRowResponse> Rows, SalesRowResponse Total, double LagSeconds, long LagEvents)
{
    internal static SalesResponse Of(SalesReport report) => new(
        [.. report.Rows.Select(SalesRowResponse.Of)], SalesRowResponse.Of(report.Total), report.LagSeconds, report.LagEvents);
}

/// <summary>What was sold and given back in a period.</summary>
/// <param name="Period"><c>2011-11-04</c> or <c>2011-11</c>.</param>
/// <param name="Orders">Orders confirmed, by the day they were placed.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Units">Their units.</param>
/// <param name="Gross">Their totals.</param>
/// <param name="Refunded">Refunds of orders, by the day they were made.</param>
/// <param name="Credited">Credit notes, by their day.</param>
/// <param name="Entries">Manual entries that count as sales, signed.</param>
/// <param name="RefundedLines">Lines of refunds and credit notes.</param>
/// <param name="Documents">Refunds, credit notes and entries, counted as documents.</param>
/// <param name="Net">Gross less refunded less credited plus entries.</param>
public sealed record SalesRowResponse(
    string Period, int Orders, int Lines, long Units, MoneyBody Gross, MoneyBody Refunded, MoneyBody Credited, MoneyBody Entries,
    int RefundedLines, int Documents, MoneyBody Net)
{
    internal static SalesRowResponse Of(SalesRow row) => new(
        row.Period, row.Orders, row.Lines, row.Units, MoneyBody.Of(row.Gross), MoneyBody.Of(row.Refunded), MoneyBody.Of(row.Credited),
        MoneyBody.Of(row.Entries), row.RefundedLines, row.Documents, MoneyBody.Of(row.Net));
}

/// <summary>Units sold of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Units">Units.</param>
/// <param name="Revenue">What they brought.</param>
public sealed record BestSellerResponse(string Sku, long Units, MoneyBody Revenue)
{
    internal static BestSellerResponse Of(BestSeller seller) => new(seller.Sku.Value, seller.Units, MoneyBody.Of(seller.Revenue));
}

/// <summary>The value of what is on hand.</summary>
/// <param name="Skus">SKUs with units on hand.</param>
/// <param name="Units">Their units.</param>
/// <param name="Value">Units times price.</param>
/// <param name="SkusWithoutPrice">SKUs that have no price in this currency, and are not in the value.</param>
public sealed record StockValueResponse(int Skus, long Units, MoneyBody Value, int SkusWithoutPrice)
{
    internal static StockValueResponse Of(StockValueReport report) =>
        new(report.Skus, report.Units, MoneyBody.Of(report.Value), report.SkusWithoutPrice);
}

/// <summary>A read model that was made again.</summary>
/// <param name="Events">From how many events.</param>
public sealed record RebuildResponse(long Events);
