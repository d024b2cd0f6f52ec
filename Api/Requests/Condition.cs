using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>Strong entity tags: the version of the one grain a representation was made from.</summary>
internal static class EntityTag
{
    /// <summary>The tag of a version.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether a reader has this version already.</summary>
    public static bool Matches(this HttpRequest request, long version)
    {
        var header = request.Headers.IfNoneMatch;
        return header.Count > 0 && EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(tag => tag.Tag == "*" || tag.Tag == Of(version));
    }
}

/// <summary>Which version a writer saw: <c>If-Match</c>, or <c>If-None-Match: *</c> to create only.</summary>
/// <param name="Version">The version; 0 for nothing yet; null where the writer does not care.</param>
/// <param name="MustExist">Whether the writer said that something is there, whatever its version.</param>
/// <param name="IsStated">Whether the writer said anything.</param>
/// <param name="Refusal">Why the condition cannot be read.</param>
internal sealed record Condition(long? Version, bool MustExist, bool IsStated, Problem? Refusal = null) : IBound
{
    private static readonly Condition None = new(Version: null, MustExist: false, IsStated: false);
    private static readonly Condition Anything = new(Version: null, MustExist: true, IsStated: true);
    private static readonly Condition Nothing = new(Version: 0, MustExist: false, IsStated: true);

    // A weak tag, and one of another's making, match no version that ever was.
    private static readonly Condition Never = new(Version: -1, MustExist: true, IsStated: true);

    public static ValueTask<Condition?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<Condition?>(Read(context.Request.Headers));

    private static Condition Read(IHeaderDictionary headers)
    {
        var match = headers.IfMatch;
        var noneMatch = headers.IfNoneMatch;
        if (noneMatch.Count > 0)
        {
            return match.Count == 0 && noneMatch is ["*"] ? Nothing : Refused("If-None-Match must be '*', and If-Match must be absent.");
        }

        if (match.Count == 0)
        {
            return None;
        }

        if (!EntityTagHeaderValue.TryParseList(match, out var tags) || tags.Count != 1)
        {
            return Refused("If-Match must be one ETag, including its quotation marks.");
        }

        return tags[0] switch
        {
            { Tag: { Value: "*" } } => Anything,
            { IsWeak: false, Tag: var tag } when long.TryParse(
                tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) => new(version, true, true),
            _ => Never,
        };
    }

    private static Condition Refused(string detail) =>
        None with { Refusal = new Problem(Problems.InvalidPrecondition, detail) };
}

/// <summary>Marks a change that nobody may make blindly.</summary>
internal sealed class ConditionRequired
{
    public static ConditionRequired Instance { get; } = new();
}
