using System.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api.Hosting;

internal static class EdgeHeaders
{
    public const string RequestId = "X-Request-Id";

    private const int LongestRequestId = 128;

    /// <summary>Sets the headers of every answer just before it is sent, because error handlers clear earlier ones.</summary>
    public static void UseEdgeHeaders(this WebApplication app) => app.Use(static (http, next) =>
    {
        http.Response.OnStarting(
            static state =>
            {
                Set((HttpContext)state);
                return Task.CompletedTask;
            },
            http);
        return next(http);
    });

    /// <summary>Sets the headers of an answer that is complete but for them.</summary>
    public static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // The framework sets them with an exception; Cache-Control says the same.
        headers.Remove(HeaderNames.Pragma);
        headers.Remove(HeaderNames.Expires);
        if (headers.CacheControl.Count == 0 || http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            headers.CacheControl = "no-store";
        }

        headers[RequestId] = http.Request.Headers[RequestId] is [{ Length: > 0 and <= LongestRequestId } id]
            && !id.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? id
                : Activity.Current?.SpanId.ToHexString() ?? http.TraceIdentifier;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
        {
            headers[HeaderNames.TraceParent] = trace;
        }
    }
}
