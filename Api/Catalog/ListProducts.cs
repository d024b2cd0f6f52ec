using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorShop.Api.Catalog;

/// <summary>A page of products.</summary>
/// <param name="Data">The products.</param>
/// <param name="HasMore">Whether there are more items.</param>
/// <param name="NextCursor">The cursor of the next page; absent on the last page.</param>
/// <param name="Facets">Counts of the matching products.</param>
/// <param name="LagSeconds">The age of the list in seconds; absent when it is current.</param>
public sealed record ProductListResponse(
    IReadOnlyList<ProductSummaryResponse> Data, bool HasMore, string? NextCursor, FacetsResponse Facets, double? LagSeconds);

/// <summary>A product in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Category">The code of the category.</param>
/// <param name="Skus">The SKUs of the variants.</param>
/// <param name="PriceFrom">The lowest price in the requested currency; absent without a price in it.</param>
/// <param name="InStock">Whether a variant is in stock.</param>
/// <param name="CreatedAt">When the product was created.</param>
public sealed record ProductSummaryResponse(
    string Id, string Name, string? Category, IReadOnlyList<string> Skus, MoneyBody? PriceFrom, bool InStock, DateTimeOffset CreatedAt)
{
    internal static ProductSummaryResponse Of(ProductSummary product) => new(
        product.Id.Value, product.Name, product.Category, [.. product.Skus.Select(static sku => sku.Value)],
        product.PriceFrom is { } price ? MoneyBody.Of(price) : null, product.InStock, product.CreatedAt);
}

/// <summary>Counts of the matching products.</summary>
/// <param name="Categories">Counts by category.</param>
public sealed record FacetsResponse(IReadOnlyList<FacetResponse> Categories);

/// <summary>A value and its count.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">The number of products.</param>
public sealed record FacetResponse(string Value, int Count);

internal static class ListProducts
{
    public static void Map(IEndpointRouteBuilder products) => products.MapGet("/", HandleAsync)
        .WithSummary("List products")
        .WithDescription("The list comes from a read model and may lag by `lagSeconds`. While a new shop imports its sample catalogue, an empty list is 503 `unavailable`.")
        .ShortlyCached();

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
        var facets = new FacetsResponse([.. found.Categories.Select(static facet => new FacetResponse(facet.Value, facet.Count))]);
        return TypedResults.Ok(new ProductListResponse(page.Data, page.HasMore, page.NextCursor, facets, page.LagSeconds));
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
