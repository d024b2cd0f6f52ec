namespace ActorShop.Api.Catalog;

internal static class GetProduct
{
    public const string Name = "getProduct";

    public static void Map(IEndpointRouteBuilder products) => products.MapGet("/{id}", HandleAsync)
        .WithName(Name)
        .WithSummary("Read a product")
        .WithDescription("`If-None-Match` with the current ETag answers 304. Archived products stay readable. Without an API key the answer may be up to a second old; with a key, or with `Cache-Control: no-cache`, it is the latest.")
        .Refuses(Problems.ProductNotFound)
        .WithMetadata(new HasAge())
        .ShortlyCached();

    private static async Task<Results<CachedAnswer<ProductResponse>, NotModified, Problem>> HandleAsync(string id, HttpContext http, ProductCache cache)
    {
        var mayBeCached = CachedReads.MayBeCached(http.Request.Headers);
        var (cached, age) = mayBeCached ? cache.Find(id) : default;
        if ((cached ?? await (mayBeCached ? cache.GetAsync(id) : cache.GetLatestAsync(id))) is not { } answer)
        {
            return new Problem(Problems.ProductNotFound);
        }

        if (cached is not null)
        {
            http.Response.Headers.Age = CachedReads.Seconds(age);
        }

        answer.SetHeaders(http.Response.Headers);
        return ETag.IsCurrent(http.Request.Headers.IfNoneMatch, answer.ETag!) ? new NotModified() : answer;
    }
}

/// <summary>For the documentation: answers may come from a cache of the API, and have an <c>Age</c> then.</summary>
internal sealed record HasAge;
