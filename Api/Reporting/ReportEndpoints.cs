using ActorShop.Api.Access;
using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Reporting;

/// <summary>HTTP routes under <c>/v1/admin/reports</c>.</summary>
internal static class ReportEndpoints
{
    /// <summary>The name of the projection.</summary>
    private const string Projection = "reporting";

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/reports").WithTags("Reports (admin)").RequireScope(Scopes.Reports);

        reports.MapGet("/sales", GetSales)
            .WithSummary("Report sales and refunds by day or month")
            .WithDescription("The report comes from a read model, which may lag by `lagEvents` events.");

        reports.MapGet("/best-sellers", GetBestSellers)
            .WithSummary("Report the best-selling SKUs");

        reports.MapGet("/stock-value", GetStockValue)
            .WithSummary("Report the value of the stock at current prices");

        reports.MapPost("/rebuild", PostRebuild)
            .WithSummary("Rebuild the read model from the events");
    }

    private static async Task<Ok<SalesResponse>> GetSales(
        Query<SalesParameters> query, IGrainFactory grains, IOptions<ApiOptions> options) =>
        TypedResults.Ok(SalesResponse.Of(await grains.Queries().GetSalesAsync(query.Value.ToQuery(options.Value.Currency))));

    private static async Task<Ok<ListResponse<BestSellerResponse>>> GetBestSellers(
        Query<BestSellerParameters> query, IGrainFactory grains)
    {
        var (from, to, limit) = query.Value;
        var sellers = await grains.Queries().GetBestSellersAsync(from, to, limit);
        return TypedResults.Ok(new ListResponse<BestSellerResponse>(
            [.. sellers.Select(BestSellerResponse.Of)], HasMore: false, NextCursor: null));
    }

    private static async Task<Ok<StockValueResponse>> GetStockValue(
        Query<CurrencyParameters> query, IGrainFactory grains, IOptions<ApiOptions> options) =>
        TypedResults.Ok(StockValueResponse.Of(
            await grains.Queries().GetStockValueAsync(query.Value.Currency ?? options.Value.Currency)));

    private static async Task<Ok<RebuildResponse>> PostRebuild(IGrainFactory grains) =>
        TypedResults.Ok(new RebuildResponse(await grains.Queries().RebuildAsync(Projection)));
}

/// <summary>The query of a sales report.</summary>
internal sealed record SalesParameters(DateOnly? From, DateOnly? To, bool IsByMonth, string? Currency) : IQuery<SalesParameters>
{
    public static SalesParameters Read(QueryReader query) => new(
        query.Day("from", "The first day."),
        query.Day("to", "The last day."),
        query.Choice("by", "The period of a row.", ["day", "month"]) is "month",
        CurrencyParameters.Read(query).Currency);

    public SalesQuery ToQuery(string currency) => new(From, To, IsByMonth, Currency ?? currency);
}

/// <summary>The query of the best sellers.</summary>
internal sealed record BestSellerParameters(DateOnly? From, DateOnly? To, int Limit) : IQuery<BestSellerParameters>
{
    public static BestSellerParameters Read(QueryReader query) => new(
        query.Day("from", "The first day."), query.Day("to", "The last day."), (int)(query.Number("limit", "The maximum number of items.", 1, 100) ?? 25));
}

/// <summary>The currency of a report.</summary>
internal sealed record CurrencyParameters(string? Currency) : IQuery<CurrencyParameters>
{
    public static CurrencyParameters Read(QueryReader query) => new(query.Currency("currency", "The currency. Defaults to the shop's currency."));
}
