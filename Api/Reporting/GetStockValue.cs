using ActorShop.Api.Hosting;
using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>The value of the stock.</summary>
/// <param name="Skus">The number of SKUs with units on hand.</param>
/// <param name="Units">The units on hand.</param>
/// <param name="Value">The units times their prices.</param>
/// <param name="SkusWithoutPrice">The number of SKUs without a price in this currency, which the value leaves out.</param>
public sealed record StockValueResponse(int Skus, long Units, MoneySumBody Value, int SkusWithoutPrice)
{
    internal static StockValueResponse Of(StockValueReport report) =>
        new(report.Skus, report.Units, MoneySumBody.Of(report.Value), report.SkusWithoutPrice);
}

internal static class GetStockValue
{
    public static void Map(IEndpointRouteBuilder reports) => reports
        .MapGet("/stock-value", static async (Query<Parameters> query, IGrainFactory grains, IOptions<ApiOptions> options) => TypedResults.Ok(
            StockValueResponse.Of(await grains.Queries().GetStockValueAsync(query.Value.Currency ?? options.Value.Currency))))
        .WithSummary("Report the value of the stock at current prices");

    private sealed record Parameters(string? Currency) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(query.Currency("currency", "The currency. Defaults to the shop's currency."));
    }
}
