using Microsoft.Net.Http.Headers;

namespace ActorShop.Api.Hosting;

/// <summary>Answers 406 before a request runs if the client does not accept JSON.</summary>
internal static class ContentNegotiation
{
    public static void UseContentNegotiation(this WebApplication app) => app.Use(static (http, next) =>
        http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) && !AcceptsJson(http.Request.Headers.Accept)
            ? new Problem(Problems.NotAcceptable).ExecuteAsync(http)
            : next(http));

    public static bool AcceptsJson(Microsoft.Extensions.Primitives.StringValues accept)
    {
        if (accept.Count == 0 || accept is ["*/*"] or ["application/json"])
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParseList(accept, out var types) && types.Any(static type =>
            type.Quality is not 0
            && (type.MatchesAllTypes
                || (type.MatchesAllSubTypes && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
                || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)));
    }
}
