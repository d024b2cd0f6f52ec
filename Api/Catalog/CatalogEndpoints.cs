using ActorShop.Api.Hosting;
using ActorShop.Catalog;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Catalog;

/// <summary>HTTP routes under <c>/v1/products</c> and <c>/v1/categories</c>.</summary>
internal static class CatalogEndpoints
{
    // Short because prices change; long enough that caches absorb most reads of a busy page.
    private const string ShortCache = "public, max-age=5";

    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products").WithTags("Catalog").WithIds(ProductId.Prefix, Problems.ProductNotFound);

        products.MapGet("/", ListProducts)
            .WithSummary("List products")
            .WithDescription("The list comes from a read model and may lag by `lagSeconds`.");

        products.MapGet("/{id}", GetProduct)
            .WithSummary("Read a product")
            .WithDescription("`If-None-Match` with the current ETag answers 304. Archived products stay readable.")
            .Refuses(Problems.ProductNotFound);
    }

    public static void MapCategories(this IEndpointRouteBuilder routes)
    {
        var categories = routes.MapGroup("/categories").WithTags("Catalog");

        categories.MapGet("/", ListCategories)
            .WithSummary("List categories");
    }

    private static async Task<Ok<ProductListResponse>> ListProducts(
        Query<ProductParameters> query, HttpContext http, IGrainFactory grains, IOptions<ApiOptions> options)
    {
        var paging = query.Value.Paging;
        var found = await grains.Queries().FindProductsAsync(query.Value.ToQuery(options.Value.Currency));
        var page = found.Page.Render(paging, http, ProductSummaryResponse.Of);
        var facets = new FacetsResponse([.. found.Categories.Select(static facet => new FacetResponse(facet.Value, facet.Count))]);
        http.Response.Headers.CacheControl = ShortCache;
        return TypedResults.Ok(new ProductListResponse(page.Data, page.HasMore, page.NextCursor, facets, page.LagSeconds));
    }

    private static async Task<Results<Ok<ProductResponse>, StatusCodeHttpResult, Problem>> GetProduct(
        string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Product(new ProductId(id)).GetAsync() is not { } product)
        {
            return new Problem(Problems.ProductNotFound);
        }

        http.SetEntityTag(product.Version);
        http.Response.Headers.CacheControl = ShortCache;
        return http.Request.Matches(product.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(ProductResponse.Of(product));
    }

    private static async Task<Ok<ListResponse<CategoryResponse>>> ListCategories(HttpContext http, IGrainFactory grains)
    {
        var categories = await grains.Queries().GetCategoriesAsync();
        http.Response.Headers.CacheControl = ShortCache;
        return TypedResults.Ok(new ListResponse<CategoryResponse>([.. categories.Select(CategoryResponse.Of)], HasMore: false, NextCursor: null));
    }
}
