using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>The sales of a SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Units">The units sold.</param>
/// <param name="Revenue">The revenue.</param>
public sealed record BestSellerResponse(string Sku, long Units, MoneySumBody Revenue)
{
    internal static BestSellerResponse Of(BestSeller seller) => new(seller.Sku.Value, seller.Units, MoneySumBody.Of(seller.Revenue));
}

internal static class GetBestSellers
{
    public static void Map(IEndpointRouteBuilder reports) => reports
        .MapGet("/best-sellers", static async (Query<Parameters> query, IGrainFactory grains) => TypedResults.Ok(Lists.Whole(
            await grains.Queries().GetBestSellersAsync(query.Value.Days.From, query.Value.Days.To, query.Value.Limit), BestSellerResponse.Of)))
        .WithSummary("Report the best-selling SKUs");

    private sealed record Parameters((DateOnly? From, DateOnly? To) Days, int Limit) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) =>
            new(query.Days(), query.Limit());
    }
}
