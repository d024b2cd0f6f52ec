using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>Sales by period.</summary>
/// <param name="Rows">One row per period with sales, refunds or entries.</param>
/// <param name="Total">The sum of all rows.</param>
/// <param name="LagSeconds">The age of the report in seconds.</param>
/// <param name="LagEvents">The number of events that are not in the report yet.</param>
public sealed record SalesResponse(IReadOnlyList<SalesRowResponse> Rows, SalesRowResponse Total, double LagSeconds, long LagEvents)
{
    internal static SalesResponse Of(SalesReport report) => new(
        [.. report.Rows.Select(SalesRowResponse.Of)], SalesRowResponse.Of(report.Total), report.LagSeconds, report.LagEvents);
}

/// <summary>The sales and refunds of a period.</summary>
/// <param name="Period"><c>2011-11-04</c> or <c>2011-11</c>.</param>
/// <param name="Orders">The confirmed orders, by the day they were placed.</param>
/// <param name="Lines">The lines of the orders.</param>
/// <param name="Units">The units of the orders.</param>
/// <param name="Gross">The total of the orders.</param>
/// <param name="Refunded">The refunds, by the day they were made.</param>
/// <param name="Credited">The credit notes, by their date.</param>
/// <param name="Entries">The sum of the manual entries that count as sales.</param>
/// <param name="RefundedLines">The lines of refunds and credit notes.</param>
/// <param name="Documents">The number of refunds, credit notes and manual entries.</param>
/// <param name="Net">Gross less refunded less credited plus entries.</param>
public sealed record SalesRowResponse(
    string Period, int Orders, int Lines, long Units, MoneyBody Gross, MoneyBody Refunded, MoneyBody Credited, MoneyBody Entries,
    int RefundedLines, int Documents, MoneyBody Net)
{
    internal static SalesRowResponse Of(SalesRow row) => new(
        row.Period, row.Orders, row.Lines, row.Units, MoneyBody.Of(row.Gross), MoneyBody.Of(row.Refunded), MoneyBody.Of(row.Credited),
        MoneyBody.Of(row.Entries), row.RefundedLines, row.Documents, MoneyBody.Of(row.Net));
}

/// <summary>The sales of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Units">The units sold.</param>
/// <param name="Revenue">The revenue.</param>
public sealed record BestSellerResponse(string Sku, long Units, MoneyBody Revenue)
{
    internal static BestSellerResponse Of(BestSeller seller) => new(seller.Sku.Value, seller.Units, MoneyBody.Of(seller.Revenue));
}

/// <summary>The value of the stock.</summary>
/// <param name="Skus">The number of SKUs with units on hand.</param>
/// <param name="Units">The units on hand.</param>
/// <param name="Value">The units times their prices.</param>
/// <param name="SkusWithoutPrice">The number of SKUs without a price in this currency, which the value leaves out.</param>
public sealed record StockValueResponse(int Skus, long Units, MoneyBody Value, int SkusWithoutPrice)
{
    internal static StockValueResponse Of(StockValueReport report) =>
        new(report.Skus, report.Units, MoneyBody.Of(report.Value), report.SkusWithoutPrice);
}

/// <summary>The result of a rebuild.</summary>
/// <param name="Events">The number of events processed.</param>
public sealed record RebuildResponse(long Events);
