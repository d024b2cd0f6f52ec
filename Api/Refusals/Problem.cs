using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457), with a code and facts for the client.</summary>
internal sealed class Problem(ProblemKind kind, string? detail = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    // Seconds. A running request or a moving grain clears within moments.
    private const string Pause = "1";

    public ProblemKind Kind { get; } = kind;

    public string? Detail { get; } = detail;

    /// <summary>The invalid parts of the request.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>Members besides those of RFC 9457.</summary>
    public ProblemFacts Facts { get; init; } = ProblemFacts.None;

    /// <summary>Whether the cause is temporary. A temporary refusal is not stored under the idempotency key, because a repeat may succeed.</summary>
    public bool IsPassing { get; init; }

    /// <summary>
    /// Whether nothing was executed. Such a refusal is not stored under the idempotency key either: a repeat is decided anew.
    /// </summary>
    public bool IsDecidedAnew { get; init; }

    public int? StatusCode => Kind.Status;

    /// <summary>The response body.</summary>
    public ProblemResponse Render(HttpContext http) => new(
        Kind.Type, Kind.Title, Kind.Status, Detail, http.Request.Path.ToUriComponent(), Kind.Code, TraceId(http))
    {
        Errors = Errors,
        Sku = Facts.Sku,
        Available = Facts.Available,
        Refundable = Facts.Refundable,
        MaxLines = Facts.MaxLines,
        DeclineCode = Facts.DeclineCode,
        OrderId = Facts.OrderId,
        ProductId = Facts.ProductId,
        CurrentVersion = Facts.CurrentVersion,
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Kind.Status;
        SetHeaders(response.Headers);
        return response.WriteAsJsonAsync(Render(httpContext), ApiJson.Context.ProblemResponse, ContentType, httpContext.RequestAborted);
    }

    private static string TraceId(HttpContext http) =>
        Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    private void SetHeaders(IHeaderDictionary headers)
    {
        if (IsPassing || Kind.Status is StatusCodes.Status503ServiceUnavailable || ReferenceEquals(Kind, Problems.IdempotencyInProgress))
        {
            headers.RetryAfter = Pause;
        }

        if (Facts.CurrentVersion is { } version)
        {
            headers[HeaderNames.ETag] = EntityTag.Of(version);
        }
    }
}

/// <summary>Facts of a problem. Only those that apply are sent.</summary>
internal sealed record ProblemFacts
{
    public static ProblemFacts None { get; } = new();

    public string? Sku { get; init; }

    public int? Available { get; init; }

    public int? Refundable { get; init; }

    public int? MaxLines { get; init; }

    public string? DeclineCode { get; init; }

    public string? OrderId { get; init; }

    public string? ProductId { get; init; }

    public long? CurrentVersion { get; init; }
}

/// <summary>An invalid part of the request.</summary>
/// <param name="At">The location: a JSON pointer into the body, or <c>query:name</c>, <c>path:name</c>, <c>header:name</c>.</param>
/// <param name="Code">A stable code, such as <c>unknown_member</c> or <c>out_of_range</c>.</param>
/// <param name="Message">An explanation for people.</param>
public sealed record ProblemError([property: JsonPropertyName("pointer")] string At, string Code, string Message);

/// <summary>A problem (RFC 9457).</summary>
/// <param name="Type">The URI of the kind of problem.</param>
/// <param name="Title">A short summary of the kind of problem.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">An explanation of this occurrence.</param>
/// <param name="Instance">The path of the request.</param>
/// <param name="Code">A stable code for the kind of problem.</param>
/// <param name="TraceId">The id of the request in logs and traces.</param>
public sealed record ProblemResponse(
    string Type, string Title, int Status, string? Detail, string Instance, string Code, string TraceId)
{
    /// <summary>The invalid parts of the request.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The affected SKU.</summary>
    public string? Sku { get; init; }

    /// <summary>The units available.</summary>
    public int? Available { get; init; }

    /// <summary>The units that are still refundable.</summary>
    public int? Refundable { get; init; }

    /// <summary>The maximum number of lines.</summary>
    public int? MaxLines { get; init; }

    /// <summary>The payment provider's decline code.</summary>
    public string? DeclineCode { get; init; }

    /// <summary>The affected order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The affected product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The current version of the resource.</summary>
    public long? CurrentVersion { get; init; }
}
