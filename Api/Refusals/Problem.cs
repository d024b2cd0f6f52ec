using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>A refusal as an answer: RFC 9457's <c>application/problem+json</c>, with a code and the facts a client can act on.</summary>
internal sealed class Problem(ProblemKind kind, string? detail = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    // Seconds. What is in the way is a running request or a moving grain: both are over in moments.
    private const string Pause = "1";

    public ProblemKind Kind { get; } = kind;

    public string? Detail { get; } = detail;

    /// <summary>What is wrong with which part of the request.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The facts.</summary>
    public ProblemFacts Facts { get; init; } = ProblemFacts.None;

    /// <summary>Whether what is in the way passes by itself: the same request may be answered otherwise, so the refusal is not kept.</summary>
    public bool IsPassing { get; init; }

    public int? StatusCode => Kind.Status;

    /// <summary>The refusal as the body that is sent.</summary>
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

/// <summary>What a refusal can state besides its words. Only what applies is sent.</summary>
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

/// <summary>What is wrong with one part of a request.</summary>
/// <param name="At">The part: a JSON pointer into the body, or <c>query:name</c>, <c>path:name</c>, <c>header:name</c>.</param>
/// <param name="Code">A word to switch on, such as <c>unknown_member</c> or <c>out_of_range</c>.</param>
/// <param name="Message">For people.</param>
public sealed record ProblemError([property: JsonPropertyName("pointer")] string At, string Code, string Message);

/// <summary>A refusal, after RFC 9457.</summary>
/// <param name="Type">The kind of problem as a URI.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Instance">What was asked for.</param>
/// <param name="Code">The kind as a word that is never renamed.</param>
/// <param name="TraceId">What to tell the shop's operators.</param>
public sealed record ProblemResponse(
    string Type, string Title, int Status, string? Detail, string Instance, string Code, string TraceId)
{
    /// <summary>What is wrong with which part of the request.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The SKU it is about.</summary>
    public string? Sku { get; init; }

    /// <summary>The units that could have been had.</summary>
    public int? Available { get; init; }

    /// <summary>The units that can still be refunded.</summary>
    public int? Refundable { get; init; }

    /// <summary>How many lines are allowed.</summary>
    public int? MaxLines { get; init; }

    /// <summary>The payment provider's word.</summary>
    public string? DeclineCode { get; init; }

    /// <summary>The order it is about.</summary>
    public string? OrderId { get; init; }

    /// <summary>The product it is about.</summary>
    public string? ProductId { get; init; }

    /// <summary>The version that the thing has now.</summary>
    public long? CurrentVersion { get; init; }
}
