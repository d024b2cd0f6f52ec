using Microsoft.Net.Http.Headers;

namespace ActorShop.Api.Hosting;

/// <summary>Answers HEAD as GET with the same headers and without a body.</summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this WebApplication app) => app.Use(static async (http, next) =>
    {
        http.Response.OnStarting(static state => Allow((HttpResponse)state), http.Response);
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
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
