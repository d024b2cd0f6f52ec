using System.Diagnostics;

namespace ActorShop.Api;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457), with a code and facts for the client.</summary>
internal sealed class Problem(ProblemKind kind, string? detail = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    public ProblemKind Kind { get; } = kind;

    /// <summary>The invalid parts of the request.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The members besides those of RFC 9457.</summary>
    public ProblemResponse Facts { get; init; } = new();

    /// <summary>Whether the cause is temporary, so that a repeat may succeed.</summary>
    public bool IsPassing { get; init; } = kind.IsPassing;

    /// <summary>Whether nothing was executed, so that a repeat is decided anew.</summary>
    public bool IsDecidedAnew { get; init; }

    /// <summary>The trace of the request that is answered again; null for the trace of this request.</summary>
    public string? TraceId { get; init; }

    public int? StatusCode => Kind.Status;

    public static string TraceOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    public static Problem OfTotal() =>
        new(Problems.TotalTooLarge, string.Create(CultureInfo.InvariantCulture, $"Must be at most {Totals.Max} minor units."));

    /// <summary>The problem that a handler returned, by itself or in a union; null for any other result.</summary>
    public static Problem? In(object? result) => result is INestedHttpResult nested ? In(nested.Result) : result as Problem;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Kind.Status;
        if (IsPassing)
        {
            response.Headers.RetryAfter = Kind.Pause.ToString(CultureInfo.InvariantCulture);
        }

        if (Facts.CurrentVersion is { } version)
        {
            httpContext.SetETag(version);
        }

        var body = Facts with
        {
            Type = $"urn:actorshop:problem:{Kind.Code}",
            Title = Kind.Title,
            Status = Kind.Status,
            Detail = detail ?? Kind.Detail,
            Instance = httpContext.Request.Path.ToUriComponent(),
            Code = Kind.Code,
            TraceId = TraceId ?? TraceOf(httpContext),
            Errors = Errors,
        };
        return response.WriteAsJsonAsync(body, ApiJson.Options, ContentType, httpContext.RequestAborted);
    }
}
