using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>Strong ETags: the version of the one grain that a representation comes from.</summary>
internal static class ETag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static void SetETag(this HttpContext http, long version) => http.Response.Headers.ETag = Of(version);

    /// <summary>Whether <c>If-None-Match</c> names this version, so that the answer is 304.</summary>
    public static bool HasCurrent(this HttpRequest request, long version)
    {
        var header = request.Headers.IfNoneMatch;
        return header.Count > 0 && EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(tag => tag.Tag == "*" || tag.Tag == Of(version));
    }
}
