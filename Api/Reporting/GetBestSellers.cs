using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Reporting;

/// <summary>The sales of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Units">The units sold.</param>
/// <param name="Revenue">The revenue.</param>
public sealed record BestSellerResponse(string Sku, long Units, MoneyBody Revenue)
{
    internal static BestSellerResponse Of(BestSeller seller) => new(seller.Sku.Value, seller.Units, MoneyBody.Of(seller.Revenue));
}

internal static class GetBestSellers
{
    public static void Map(IEndpointRouteBuilder reports) => reports.MapGet("/best-sellers", HandleAsync)
        .WithSummary("Report the best-selling SKUs");

    private static async Task<Ok<ListResponse<BestSellerResponse>>> HandleAsync(Query<Parameters> query, IGrainFactory grains)
    {
        var (from, to, limit) = query.Value;
        return TypedResults.Ok(Lists.Whole(await grains.Queries().GetBestSellersAsync(from, to, limit), BestSellerResponse.Of));
    }

    private sealed record Parameters(DateOnly? From, DateOnly? To, int Limit) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) =>
            new(query.Day("from", "The first day."), query.Day("to", "The last day."), query.Limit());
    }
}
