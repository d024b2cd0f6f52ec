namespace ActorShop.Api.Catalog;

internal static class GetProduct
{
    public const string Name = "getProduct";

    // In whole seconds: no answer gets as old as one.
    public const string AgeOfCached = "0";

    public static void Map(IEndpointRouteBuilder products) => products.MapGet("/{id}", HandleAsync)
        .WithName(Name)
        .WithSummary("Read a product")
        .WithDescription("`If-None-Match` with the current ETag answers 304. Archived products stay readable. Without an API key the answer may be up to a second old; with a key, or with `Cache-Control: no-cache`, it is the latest.")
        .Refuses(Problems.ProductNotFound)
        .WithMetadata(new HasAge())
        .ShortlyCached();

    /// <summary>Whether the caller can do with a cached answer. Callers with a key read a product in order to change it.</summary>
    public static bool MayBeCached(IHeaderDictionary headers) =>
        headers.Authorization.Count == 0
        && (headers.CacheControl.Count == 0 || !headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase));

    private static async Task<Results<ProductAnswer, NotModified, Problem>> HandleAsync(string id, HttpContext http, ProductCache cache)
    {
        var mayBeCached = MayBeCached(http.Request.Headers);
        var cached = mayBeCached ? cache.Find(id) : null;
        if ((cached ?? await (mayBeCached ? cache.GetAsync(id) : cache.GetLatestAsync(id))) is not { } answer)
        {
            return new Problem(Problems.ProductNotFound);
        }

        if (cached is not null)
        {
            http.Response.Headers.Age = AgeOfCached;
        }

        http.Response.Headers.ETag = answer.ETag;
        return ETag.IsCurrent(http.Request.Headers.IfNoneMatch, answer.ETag) ? new NotModified() : answer;
    }
}

/// <summary>For the documentation: answers may come from a cache of the API, and have an <c>Age</c> then.</summary>
internal sealed record HasAge;
