using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>The version that a change expects: <c>If-Match</c>, or <c>If-None-Match: *</c> to create only.</summary>
/// <param name="Version">The version; 0 if nothing may exist; null for any.</param>
/// <param name="MustExist">Whether something must exist, in any version.</param>
/// <param name="IsPresent">Whether the request has such a header.</param>
/// <param name="Refusal">The problem of invalid headers.</param>
internal sealed record IfMatch(long? Version, bool MustExist, bool IsPresent, Problem? Refusal = null) : IBound
{
    private static readonly IfMatch Absent = new(Version: null, MustExist: false, IsPresent: false);
    private static readonly IfMatch Any = new(Version: null, MustExist: true, IsPresent: true);
    private static readonly IfMatch NoneExists = new(Version: 0, MustExist: false, IsPresent: true);

    // A weak tag, or a tag that this API never made, matches no version.
    private static readonly IfMatch Never = new(Version: -1, MustExist: true, IsPresent: true);

    public static ValueTask<IfMatch?> BindAsync(HttpContext context) => ValueTask.FromResult<IfMatch?>(Read(context.Request.Headers));

    /// <summary>The problem of a change that expected another version.</summary>
    public static Problem Mismatch(long current) => new(Problems.VersionMismatch, "Read the resource again and retry with its current ETag.")
    {
        Facts = new() { CurrentVersion = current },
    };

    private static IfMatch Read(IHeaderDictionary headers)
    {
        var match = headers.IfMatch;
        var noneMatch = headers.IfNoneMatch;
        if (noneMatch.Count > 0)
        {
            return match.Count == 0 && noneMatch is ["*"] ? NoneExists : Invalid("If-None-Match must be '*', and If-Match must be absent.");
        }

        if (match.Count == 0)
        {
            return Absent;
        }

        if (!EntityTagHeaderValue.TryParseList(match, out var tags) || tags.Count != 1)
        {
            return Invalid("If-Match must be one ETag, including its quotation marks.");
        }

        return tags[0] switch
        {
            { Tag: { Value: "*" } } => Any,
            { IsWeak: false, Tag: var tag } when long.TryParse(
                tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) => new(version, true, true),
            _ => Never,
        };
    }

    private static IfMatch Invalid(string detail) => Absent with { Refusal = new Problem(Problems.InvalidPrecondition, detail) };
}
