using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Catalog;

internal static class ListProducts
{
    public static void Map(IEndpointRouteBuilder products) => products.MapGet("/", HandleAsync)
        .WithSummary("List products")
        .WithDescription("The list comes from a read model and may lag by `lagSeconds`. While a new shop imports its sample catalogue, an empty list is 503 `unavailable`.");

    private static async Task<Results<Ok<ProductListResponse>, Problem>> HandleAsync(
        Query<Parameters> query, HttpContext http, IGrainFactory grains, HealthCheckService health, IOptions<ApiOptions> options)
    {
        var (text, category, currency, minPrice, maxPrice, inStock, sort, paging) = query.Value;
        var found = await grains.Queries().FindProductsAsync(new ProductQuery(
            text, category, currency ?? options.Value.Currency, minPrice, maxPrice, inStock, sort, paging.After, paging.Limit));

        // A customer must not take a shop that is starting for an empty one.
        if (found.Page.Items.IsEmpty
            && await health.CheckHealthAsync(static check => check.Tags.Contains("catalogue"), http.RequestAborted) is { Status: HealthStatus.Unhealthy })
        {
            return new Problem(Problems.Unavailable, "The sample catalogue is being imported.");
        }

        var page = found.Page.Render(paging, http, ProductSummaryResponse.Of);
        http.Response.Headers.CacheControl = CatalogEndpoints.ShortCache;
        return TypedResults.Ok(new ProductListResponse(
            page.Data, page.HasMore, page.NextCursor, FacetsResponse.Of(found.Categories), page.LagSeconds));
    }

    private sealed record Parameters(
        string? Text, string? Category, string? Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, Paging Paging)
        : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(
            query.Text("query", "Text to find in the name, ignoring case."),
            query.Text("category", "The code of a category.", 64),
            query.Currency("currency", "The currency of price filters and of listed prices. Defaults to the shop's currency."),
            query.Number("price[gte]", "The minimum price in minor units.", 0, MoneyBody.MaxAmount),
            query.Number("price[lte]", "The maximum price in minor units.", 0, MoneyBody.MaxAmount),
            query.Flag("inStock", "`true` for products in stock, `false` for products out of stock."),
            query.Choice("sort", "The sort order; `-` sorts descending.", "name", "-name", "price", "-price", "createdAt", "-createdAt") ?? "name",
            query.Page());
    }
}
