using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>The version that a change expects: <c>If-Match</c>, or <c>If-None-Match: *</c> to create only.</summary>
/// <remarks>The version is 0 if nothing may exist, null if any may, and -1 if it matches none.</remarks>
internal sealed record IfMatch(long? Version, bool MustExist, bool IsPresent, Problem? Refusal = null)
    : IBound, IEndpointParameterMetadataProvider
{
    /// <summary>Marks a route that requires the header.</summary>
    public static readonly object Required = new();

    private static readonly IfMatch Absent = new(Version: null, MustExist: false, IsPresent: false);

    /// <summary>Whether any version will do, but there must be one.</summary>
    public bool IsAny => MustExist && Version is null;

    public static ValueTask<IfMatch?> BindAsync(HttpContext context) => ValueTask.FromResult<IfMatch?>(Read(context.Request.Headers));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(RouteConventions.Header("If-Match", "The ETag of the version that you read, or `*` for any version."));
        if (!IsDelete(builder))
        {
            builder.Metadata.Add(RouteConventions.Header("If-None-Match", "`*` to create only. Do not send If-Match with it."));
        }

        builder.Metadata.Add(new Refusals(Problems.InvalidPrecondition, Problems.VersionMismatch));
    }

    /// <summary>Requires the header, or for a change that may create <c>If-None-Match: *</c> instead.</summary>
    public static void Require(EndpointBuilder builder)
    {
        builder.Metadata.Add(Required);
        builder.Metadata.Add(new Refusals(Problems.PreconditionRequired));
        var header = builder.Metadata.OfType<OpenApiParameter>().Single(static parameter => parameter.Name is "If-Match");
        header.Required = IsDelete(builder);
        header.Example = "*";
    }

    /// <summary>The problem of a change that expected another version.</summary>
    public static Problem Mismatch(long current) => new(Problems.VersionMismatch)
    {
        Facts = new(CurrentVersion: current),
    };

    private static IfMatch Read(IHeaderDictionary headers)
    {
        if (headers.IfNoneMatch.Count > 0)
        {
            return headers.IfMatch.Count == 0 && headers.IfNoneMatch is ["*"]
                ? new IfMatch(Version: 0, MustExist: false, IsPresent: true)
                : Invalid("If-None-Match must be '*', and If-Match must be absent.");
        }

        if (headers.IfMatch.Count == 0)
        {
            return Absent;
        }

        if (!EntityTagHeaderValue.TryParseList(headers.IfMatch, out var tags) || tags.Count != 1)
        {
            return Invalid("If-Match must be one ETag, including its quotation marks.");
        }

        // A weak tag, or a tag that this API never made, matches no version.
        return new IfMatch(tags[0].Tag == "*" ? null : tags[0].IsWeak ? -1 : VersionOf(tags[0].Tag.AsSpan()[1..^1]), MustExist: true, IsPresent: true);
    }

    private static long VersionOf(ReadOnlySpan<char> tag) =>
        long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    // Nothing can be deleted that must not exist.
    private static bool IsDelete(EndpointBuilder builder) =>
        builder.Metadata.OfType<HttpMethodMetadata>().Any(static methods => methods.HttpMethods.Contains(HttpMethods.Delete, StringComparer.Ordinal));

    private static IfMatch Invalid(string detail) => Absent with { Refusal = new Problem(Problems.InvalidPrecondition, detail) };
}
