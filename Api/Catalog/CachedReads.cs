using ActorShop.Api.Hosting;
using ActorShop.Api.Limits;

namespace ActorShop.Api.Catalog;

/// <summary>Answers plain reads of cached products and lists before routing, authentication and the other steps that such a read does not need.</summary>
/// <remarks>
/// The answer has the headers that the route sets, and counts for quotas and metrics. The route answers all other requests, and refuses.
/// A cached answer does not count for <see cref="ApiOptions.MaxRequests"/>, because it waits for nothing.
/// </remarks>
internal sealed class CachedReads(ProductCache products, ProductListCache lists, RateLimits limits, HttpAddresses addresses, EndpointDataSource routes)
{
    public const string Path = "/v1/products";

    private readonly Lazy<Endpoint> _product = new(() => Find(routes, GetProduct.Name));
    private readonly Lazy<Endpoint> _list = new(() => Find(routes, ListProducts.Name));

    public static void Use(WebApplication app)
    {
        CachedReads? reads = null;
        app.Use((http, next) => (reads ??= ActivatorUtilities.CreateInstance<CachedReads>(app.Services)).TryAnswer(http) ? Task.CompletedTask : next(http));
    }

    /// <summary>Whether the caller can do with a cached answer. Callers with a key read a product in order to change it.</summary>
    public static bool MayBeCached(IHeaderDictionary headers) =>
        headers.Authorization.Count == 0
        && (headers.CacheControl.Count == 0 || !headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of <c>Age</c>.</summary>
    public static string Seconds(TimeSpan age) => ((int)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static Endpoint Find(EndpointDataSource routes, string name) =>
        routes.Endpoints.First(route => string.Equals(route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, name, StringComparison.Ordinal));

    private bool TryAnswer(HttpContext http)
    {
        var request = http.Request;
        if (request.Path.Value is not { } path
            || !path.StartsWith(Path, StringComparison.Ordinal)
            || !string.Equals(request.Method, HttpMethods.Get, StringComparison.Ordinal)
            || !MayBeCached(request.Headers)
            || !ContentNegotiation.AcceptsJson(request.Headers.Accept)
            || http.Connection.LocalPort == addresses.Operators.Port)
        {
            return false;
        }

        if (path.Length == Path.Length)
        {
            return TryAnswer(http, lists, request.QueryString.Value, _list);
        }

        return path[Path.Length] == '/' && !request.QueryString.HasValue && TryAnswer(http, products, path.AsSpan(Path.Length + 1), _product);
    }

    private bool TryAnswer<T>(HttpContext http, AnswerCache<T> cache, ReadOnlySpan<char> key, Lazy<Endpoint> route)
    {
        if (cache.Find(key) is not ({ } answer, var age) || !limits.TryTake(http, RouteClass.Browse))
        {
            return false;
        }

        // For metrics and traces.
        http.SetEndpoint(route.Value);
        var response = http.Response;
        answer.SetHeaders(response.Headers);
        response.Headers.CacheControl = CatalogEndpoints.ShortCacheControl;
        response.Headers.Age = Seconds(age);
        EdgeHeaders.Set(http);
        if (answer.ETag is { } tag && ETag.IsCurrent(http.Request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
        }
        else
        {
            answer.Write(response, FinalNewline.Bytes);
        }

        return true;
    }
}
