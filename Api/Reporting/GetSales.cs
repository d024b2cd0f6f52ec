using ActorShop.Api.Hosting;
using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>Sales by period.</summary>
/// <param name="Rows">One row per period with sales, refunds or entries.</param>
/// <param name="Total">The sum of all rows.</param>
/// <param name="LagSeconds">The age of the report in seconds.</param>
/// <param name="LagEvents">The number of events that are not in the report yet.</param>
/// <param name="TimeZone">The shop's time zone, in which days and months begin and end, as an IANA name.</param>
public sealed record SalesResponse(IReadOnlyList<SalesRowResponse> Rows, SalesRowResponse Total, double LagSeconds, long LagEvents,
    string TimeZone)
{
    internal static SalesResponse Of(SalesReport report) => new(
        [.. report.Rows.Select(SalesRowResponse.Of)], SalesRowResponse.Of(report.Total), report.LagSeconds, report.LagEvents,
        report.TimeZone);
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
    string Period, int Orders, int Lines, long Units, MoneySumBody Gross, MoneySumBody Refunded, MoneySumBody Credited, MoneySumBody Entries,
    int RefundedLines, int Documents, MoneySumBody Net)
{
    internal static SalesRowResponse Of(SalesRow row) => new(
        row.Period, row.Orders, row.Lines, row.Units, MoneySumBody.Of(row.Gross), MoneySumBody.Of(row.Refunded), MoneySumBody.Of(row.Credited),
        MoneySumBody.Of(row.Entries), row.RefundedLines, row.Documents, MoneySumBody.Of(row.Net));
}

internal static class GetSales
{
    public static void Map(IEndpointRouteBuilder reports) => reports
        .MapGet("/sales", static async (Query<Parameters> query, IGrainFactory grains, IOptions<ApiOptions> options) => TypedResults.Ok(
            SalesResponse.Of(await grains.Queries().GetSalesAsync(query.Value.ToQuery(options.Value)))))
        .WithSummary("Report sales and refunds by day or month")
        .WithDescription("The report comes from a read model, which may lag by `lagEvents` events.");

    private sealed record Parameters((DateOnly? From, DateOnly? To) Days, bool IsByMonth, string? Currency) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(
            query.Days(),
            query.Choice("by", "The period of a row.", "day", "month") is "month",
            query.Currency("currency", "The currency. Defaults to the shop's currency."));

        public SalesQuery ToQuery(ApiOptions options) => new(Days.From, Days.To, IsByMonth, Currency ?? options.Currency);
    }
}
