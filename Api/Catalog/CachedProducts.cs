using ActorShop.Api.Hosting;
using ActorShop.Api.Limits;

namespace ActorShop.Api.Catalog;

/// <summary>Answers the plainest reads of cached products before routing, authentication and everything else that such a read has no use for.</summary>
/// <remarks>
/// The answer is that of <see cref="GetProduct"/>, header by header, and counts for quotas and metrics like it. Every other request, and every refusal, is
/// left to the route. Such an answer takes no place of <see cref="ApiOptions.MaxRequests"/>, because it waits for nothing.
/// </remarks>
internal sealed class CachedProducts(ProductCache cache, RateLimits limits, HttpAddresses addresses, EndpointDataSource routes)
{
    private const string Folder = "/v1/products/";

    private readonly Lazy<Endpoint> _route = new(() => routes.Endpoints.First(static route => route.Metadata.GetMetadata<IEndpointNameMetadata>() is { EndpointName: GetProduct.Name }));

    public static void Use(WebApplication app)
    {
        CachedProducts? products = null;
        app.Use((http, next) => (products ??= ActivatorUtilities.CreateInstance<CachedProducts>(app.Services)).TryAnswer(http) ? Task.CompletedTask : next(http));
    }

    private bool TryAnswer(HttpContext http)
    {
        var request = http.Request;
        if (request.Path.Value is not { } path
            || !path.StartsWith(Folder, StringComparison.Ordinal)
            || !string.Equals(request.Method, HttpMethods.Get, StringComparison.Ordinal)
            || request.QueryString.HasValue
            || !GetProduct.MayBeCached(request.Headers)
            || !ContentNegotiation.AcceptsJson(request.Headers.Accept)
            || cache.Find(path.AsSpan(Folder.Length)) is not { } answer
            || http.Connection.LocalPort == addresses.Operators.Port
            || !limits.TryTake(http, RouteClass.Browse))
        {
            return false;
        }

        // For metrics and traces.
        http.SetEndpoint(_route.Value);
        var response = http.Response;
        response.Headers.ETag = answer.ETag;
        response.Headers.CacheControl = CatalogEndpoints.ShortCacheControl;
        response.Headers.Age = GetProduct.AgeOfCached;
        EdgeHeaders.Set(http);
        if (ETag.IsCurrent(request.Headers.IfNoneMatch, answer.ETag))
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
