using Microsoft.AspNetCore.OutputCaching;

namespace ActorShop.Api.Catalog;

/// <summary>Caches answers about a product for <see cref="Lifetime"/>, or until the product changes.</summary>
/// <remarks>The grain answers callers with a key: they read a product in order to change it.</remarks>
internal sealed class ProductCachePolicy : IOutputCachePolicy
{
    public const string Name = "product";

    /// <summary>The maximum age of an answer, because an event of the stream may be lost.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    public static string TagOf(string product) => $"product/{product}";

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;

        // The cache would compare a date with that of the answer. A version has an ETag.
        request.Headers.IfModifiedSince = default;
        var mayCache = HttpMethods.IsGet(request.Method) && request.Headers.Authorization.Count == 0;
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = mayCache && !request.Headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase);
        context.AllowCacheStorage = mayCache;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Lifetime;
        context.CacheVaryByRules.VaryByHost = false;
        context.CacheVaryByRules.QueryKeys = "*";
        if (request.RouteValues["id"] is string product)
        {
            context.Tags.Add(TagOf(product));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        context.AllowCacheStorage = context.HttpContext.Response.StatusCode is StatusCodes.Status200OK;
        return ValueTask.CompletedTask;
    }
}
