using System.Buffers;

namespace ActorShop.Api.Hosting;

/// <summary>Ends each JSON answer with a newline, so that a terminal shows its prompt on a line of its own.</summary>
internal static class FinalNewline
{
    public static ReadOnlySpan<byte> Bytes => "\n"u8;

    public static void UseFinalNewline(this WebApplication app) => app.Use(static async (http, next) =>
    {
        var response = http.Response;
        response.OnStarting(static state => Announce((HttpResponse)state), response);
        await next(http);
        if (HasJson(response) && !HttpMethods.IsHead(http.Request.Method))
        {
            response.BodyWriter.Write(Bytes);

            // Without a length it travels with the end of the answer; with one, the server has nothing more to send.
            if (response.ContentLength is not null)
            {
                await response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }
    });

    private static Task Announce(HttpResponse response)
    {
        if (HasJson(response))
        {
            response.ContentLength++;
        }

        return Task.CompletedTask;
    }

    private static bool HasJson(HttpResponse response) =>
        response.ContentType is { } type
        && (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.StartsWith(Problem.ContentType, StringComparison.OrdinalIgnoreCase))
        && response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
}
