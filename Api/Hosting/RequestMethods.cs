using Microsoft.Net.Http.Headers;

namespace ActorShop.Api.Hosting;

/// <summary>Gives each method one spelling, and answers HEAD as GET with the same headers and without a body.</summary>
internal static class RequestMethods
{
    public static void UseRequestMethods(this WebApplication app) => app.Use(static async (http, next) =>
    {
        // Routing ignores case, so whatever compares or stores a method must not see a client's spelling.
        var spelt = http.Request.Method;
        http.Request.Method = HttpMethods.GetCanonicalizedValue(spelt);
        http.Response.OnStarting(static state => Allow((HttpResponse)state), http.Response);
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        if (!string.Equals(spelt, HttpMethods.Head, StringComparison.Ordinal))
        {
            // The server takes it for a method whose answer has a body, and would miss the bytes that a length promises.
            http.Response.OnStarting(static state => DropLength((HttpResponse)state), http.Response);
        }

        var body = http.Response.Body;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
            http.Request.Method = HttpMethods.Head;
        }
    });

    private static Task DropLength(HttpResponse response)
    {
        response.ContentLength = null;
        return Task.CompletedTask;
    }

    // Routing knows of GET alone.
    private static Task Allow(HttpResponse response)
    {
        if (response.StatusCode is StatusCodes.Status405MethodNotAllowed
            && response.Headers.Allow.ToString().Split(", ") is var methods && methods.Contains(HttpMethods.Get, StringComparer.Ordinal)
            && !methods.Contains(HttpMethods.Head, StringComparer.Ordinal))
        {
            response.Headers[HeaderNames.Allow] = string.Join(", ", [.. methods, HttpMethods.Head]);
        }

        return Task.CompletedTask;
    }
}
