using System.Collections.Frozen;
using ActorShop.Api.Limits;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>The headers of answers, each documented once and referred to by the answers that have it.</summary>
internal static class ResponseHeaders
{
    public const string ETag = "ETag";

    private const string RequestId = "X-Request-Id";

    private static readonly string[] OfEveryAnswer =
        ["X-Content-Type-Options", "Cache-Control", RequestId, "traceparent", RateLimits.LimitHeader, RateLimits.RemainingHeader, RateLimits.ResetHeader];

    // Headers that an answer has whenever it may have them.
    private static readonly FrozenSet<string> Always =
        FrozenSet.Create(StringComparer.Ordinal, "X-Content-Type-Options", "Cache-Control", RequestId, "Location", "WWW-Authenticate", "Allow", Preference.AppliedHeader);

    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        ["Accept-Encoding"] = "`identity`, if the body was compressed.",
        ["Age"] = "The seconds that the answer was cached.",
        ["Allow"] = "The methods of this path.",
        ["Cache-Control"] = "Whether the answer may be cached, and for how many seconds.",
        [ETag] = "The version of the resource, for `If-Match` and `If-None-Match`.",
        [Idempotency.IdempotencyFilter.ReplayHeader] = "`true` if this is the stored answer to an earlier request with the same key.",
        ["Link"] = "The next page, with `rel=\"next\"`. Absent on the last page.",
        ["Location"] = "The URL of the resource.",
        [Preference.AppliedHeader] = "The preference that was applied.",
        [RateLimits.LimitHeader] = "The requests a minute that the caller may send to routes of this kind. Absent without a limit.",
        [RateLimits.RemainingHeader] = "The requests that are left until `RateLimit-Reset`.",
        [RateLimits.ResetHeader] = "The seconds until the caller has all requests again.",
        ["Retry-After"] = "The seconds to wait before a retry.",
        ["traceparent"] = "The trace of the request (W3C Trace Context).",
        ["WWW-Authenticate"] = "How to authenticate.",
        ["X-Content-Type-Options"] = "`nosniff`.",
        [RequestId] = "The id sent by the client, or a generated one.",
    };

    /// <summary>The header components of a document.</summary>
    public static Dictionary<string, IOpenApiHeader> Components() => Descriptions.ToDictionary(
        static header => header.Key,
        static header => (IOpenApiHeader)new OpenApiHeader { Description = header.Value, Required = Always.Contains(header.Key), Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        StringComparer.Ordinal);

    /// <summary>References to the headers of an answer.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="ofRoute">The headers that the route adds to answers of this status.</param>
    public static Dictionary<string, IOpenApiHeader> Of(string status, IEnumerable<string> ofRoute, OpenApiDocument document)
    {
        IEnumerable<string> ofStatus = status switch
        {
            "201" or "202" => ["Location"],
            "304" or "412" => [ETag],
            "401" or "403" => ["WWW-Authenticate"],
            "405" => ["Allow"],
            "415" => ["Accept-Encoding"],
            "429" or "503" => ["Retry-After"],
            _ => [],
        };
        return OfEveryAnswer.Concat(ofStatus).Concat(ofRoute).Distinct(StringComparer.Ordinal).ToDictionary(
            static name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, document), StringComparer.Ordinal);
    }
}
