using ActorShop.Api.Hosting;
using ActorShop.Reporting;

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
/// <param name="InStock">Whether the stock of a variant has a unit to sell. An archived product cannot be bought, whatever its stock is.</param>
/// <param name="Archived">Whether the product is archived. Only the list for admins has archived products.</param>
/// <param name="CreatedAt">When the product was created.</param>
public sealed record ProductSummaryResponse(
    string Id, string Name, string? Category, IReadOnlyList<string> Skus, MoneyBody? PriceFrom, bool InStock, bool Archived,
    DateTimeOffset CreatedAt)
{
    internal static ProductSummaryResponse Of(ProductSummary product) => new(
        product.Id.Value, product.Name, product.Category, [.. product.Skus.Select(static sku => sku.Value)],
        product.PriceFrom is { } price ? MoneyBody.Of(price) : null, product.InStock, product.Archived, product.CreatedAt);
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
    public const string Name = "listProducts";

    public static void Map(IEndpointRouteBuilder products) => products.MapGet("/", HandleAsync)
        .WithName(Name)
        .WithSummary("List products")
        .WithDescription("The list comes from a read model and may lag by `lagSeconds`. Without an API key it may also be up to 5 seconds old, as `Age` says; `Cache-Control: no-cache` asks for a new one. While a new shop imports its sample catalogue, an empty list is 503 `unavailable`.")
        .WithMetadata(new HasAge())
        .ShortlyCached();

    public static void MapAdmin(IEndpointRouteBuilder products) => products.MapGet("/", HandleAdminAsync)
        .WithName("listAdminProducts")
        .WithSummary("List products, archived ones too")
        .WithDescription("The list comes from a read model and may lag by `lagSeconds`.");

    private static async Task<Results<CachedAnswer<ProductListResponse>, Problem>> HandleAsync(
        Query<Parameters> query, HttpContext http, ProductListReader reader, ProductListCache cache)
    {
        var request = http.Request;
        var url = new PageUrl(request);

        // A page links to the next one under its own path, as the caller spelt it.
        if (!CachedReads.MayBeCached(request.Headers) || !string.Equals(request.Path, CachedReads.Path, StringComparison.Ordinal))
        {
            return Result(await reader.ReadAsync(query.Value, url));
        }

        var key = request.QueryString.Value ?? string.Empty;
        var (cached, age) = cache.Find(key);
        if (cached is not null)
        {
            http.Response.Headers.Age = CachedReads.Seconds(age);
        }

        return Result(cached ?? await cache.GetAsync(key, () => reader.ReadAsync(query.Value, url)));

        // A customer must not take a shop that is starting for an empty one.
        static Results<CachedAnswer<ProductListResponse>, Problem> Result(CachedAnswer<ProductListResponse>? answer) =>
            answer is not null ? answer : new Problem(Problems.Unavailable, "The sample catalogue is being imported.");
    }

    private static async Task<Ok<ProductListResponse>> HandleAdminAsync(
        Query<AdminParameters> query, HttpContext http, IGrainFactory grains, IOptions<ApiOptions> options)
    {
        var (shared, archived) = query.Value;
        var (response, link) = Render(
            await grains.Queries().FindProductsAsync(shared.ToQuery(options.Value, archived)), shared.Paging, new PageUrl(http.Request));
        http.Response.Headers.Link = link;
        return TypedResults.Ok(response);
    }

    public static (ProductListResponse Response, string? Link) Render(ProductList found, Paging paging, PageUrl url)
    {
        var (page, link) = found.Page.Render(paging, url, ProductSummaryResponse.Of);
        var facets = new FacetsResponse([.. found.Categories.Select(static facet => new FacetResponse(facet.Value, facet.Count))]);
        return (new ProductListResponse(page.Data, page.HasMore, page.NextCursor, facets, page.LagSeconds), link);
    }

    private sealed record AdminParameters(Parameters Shared, bool? Archived) : IQuery<AdminParameters>
    {
        public static AdminParameters Read(QueryReader query) => new(
            Parameters.Read(query),
            query.Choice("status", "`active` for products on sale, `archived` for archived ones. Defaults to both.", "active", "archived") switch
            {
                "active" => false,
                "archived" => true,
                _ => null,
            });
    }

    internal sealed record Parameters(
        string? Text, Sku? Sku, string? Category, string? Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, Paging Paging)
        : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(
            query.Text("query", "Words to find in the name, ignoring case, accents and width. A product matches if its name contains all of them."),
            query.Sku("sku", "The exact SKU of a variant."),
            query.Text("category", "The code of a category.", 64),
            query.Currency("currency", "The currency of price filters and of listed prices. Defaults to the shop's currency."),
            query.Number("price[gte]", "The minimum price in minor units.", 0, MoneyBody.MaxAmount),
            query.Number("price[lte]", "The maximum price in minor units.", 0, MoneyBody.MaxAmount),
            query.Flag("inStock", "`true` for products of which a unit can be bought, `false` for the others."),
            query.Choice("sort", "The sort order; `-` sorts descending. Names are in the order of the shop's language, numbers in them by value.", "name", "-name", "price", "-price", "createdAt", "-createdAt") ?? "name",
            query.Page());

        public ProductQuery ToQuery(ApiOptions options, bool? archived) => new(
            Text, Category, Currency ?? options.Currency, MinPrice, MaxPrice, InStock, Sort, Paging.After, Paging.Limit, Sku, archived);
    }
}
