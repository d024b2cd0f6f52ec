using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>A response that comes from one version of one grain.</summary>
internal interface IVersioned
{
    long Version { get; }
}

/// <summary>Strong ETags: the version of the one grain that a response comes from.</summary>
internal static class ETag
{
    public static void SetETag(this HttpContext http, long version) => http.Response.Headers.ETag = Of(version);

    /// <summary>Sets the ETag of the response.</summary>
    public static T WithETag<T>(this T response, HttpContext http)
        where T : IVersioned
    {
        http.SetETag(response.Version);
        return response;
    }

    /// <summary>200, 304 if <c>If-None-Match</c> names this version, or the problem of something that does not exist.</summary>
    public static Results<Ok<T>, NotModified, Problem> Found<T>(this HttpContext http, T? response, ProblemKind notFound)
        where T : class, IVersioned
    {
        if (response is null)
        {
            return new Problem(notFound);
        }

        http.SetETag(response.Version);
        return IsCurrent(http.Request.Headers.IfNoneMatch, Of(response.Version)) ? new NotModified() : TypedResults.Ok(response);
    }

    /// <summary>Whether <c>If-None-Match</c> names a version.</summary>
    public static bool IsCurrent(StringValues ifNoneMatch, string current) =>
        ifNoneMatch.Count > 0
        && (string.Equals(ifNoneMatch, current, StringComparison.Ordinal)
            || (EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags) && tags.Any(tag => tag.Tag == "*" || tag.Tag == current)));

    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
