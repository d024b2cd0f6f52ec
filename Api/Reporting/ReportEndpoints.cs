using ActorShop.Api.Access;
using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Reporting;

/// <summary>HTTP routes under <c>/v1/admin/reports</c>.</summary>
internal static class ReportEndpoints
{
    /// <summary>The one projection there is.</summary>
    private const string Projection = "reporting";

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/reports").WithTags("Reports (admin)").RequireScope(Scopes.Reports);

        reports.MapGet("/sales", GetSales)
            .WithSummary("Read what was sold and given back, by day or month")
            .WithDescription("Made from a read model: `lagEvents` committed events have not reached it yet.");

        reports.MapGet("/best-sellers", GetBestSellers)
            .WithSummary("Read which SKUs sold most units");

        reports.MapGet("/stock-value", GetStockValue)
            .WithSummary("Read what is on hand, at current prices");

        reports.MapPost("/rebuild", PostRebuild)
            .WithSummary("Make the read model again from the events");
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

/// <summary>Which sales.</summary>
internal sealed record SalesParameters(DateOnly? From, DateOnly? To, bool IsByMonth, string? Currency) : IQuery<SalesParameters>
{
    public static SalesParameters Read(QueryReader query) => new(
        query.Day("from", "The first day."),
        query.Day("to", "The last day."),
        query.Choice("by", "The period of a row.", ["day", "month"]) is "month",
        CurrencyParameters.Read(query).Currency);

    public SalesQuery ToQuery(string currency) => new(From, To, IsByMonth, Currency ?? currency);
}

/// <summary>Which SKUs.</summary>
internal sealed record BestSellerParameters(DateOnly? From, DateOnly? To, int Limit) : IQuery<BestSellerParameters>
{
    public static BestSellerParameters Read(QueryReader query) => new(
        query.Day("from", "The first day."), query.Day("to", "The last day."), (int)(query.Number("limit", "How many at most.", 1, 100) ?? 25));
}

/// <summary>In which currency.</summary>
internal sealed record CurrencyParameters(string? Currency) : IQuery<CurrencyParameters>
{
    public static CurrencyParameters Read(QueryReader query) => new(query.Currency("currency", "The shop's own if left out."));
}
