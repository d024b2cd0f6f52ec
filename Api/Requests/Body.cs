using System.Buffers;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>A body that was read: what it says, or why it was refused. <see cref="RequestFilter"/> sends the refusal.</summary>
internal interface IBody : IBound
{
    /// <summary>A hash of the bytes, by which a repeated request is told from another one under the same key.</summary>
    string Fingerprint { get; }
}

/// <summary>The body of a request, read strictly.</summary>
/// <remarks>
/// UTF-8 without a byte order mark (a repeated request must be the same bytes, and RFC 8259 forbids sending one), one JSON value,
/// 16 deep, every member known, required ones there, each once, in its own case; no NUL in strings; then what the request says of itself.
/// </remarks>
/// <typeparam name="T">What the body says.</typeparam>
internal sealed class Body<T> : IBody, IEndpointParameterMetadataProvider
    where T : class, IRequest
{
    private readonly T? _value;

    private Body(T value, string fingerprint)
    {
        _value = value;
        Fingerprint = fingerprint;
    }

    private Body(Problem refusal)
    {
        Refusal = refusal;
        Fingerprint = string.Empty;
    }

    public T Value => _value ?? throw new InvalidOperationException("A refused body has no value.");

    public Problem? Refusal { get; }

    public string Fingerprint { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimits.Usual;
        var (bytes, refusal) = await BodyReader.ReadAsync(context, limit);
        return refusal is null ? Parse(bytes, context.Request) : new Body<T>(refusal);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new BodyMetadata(typeof(T), IsOptional: Absent is not null));

    private static T? Absent { get; } = typeof(T).GetProperty(nameof(Absent), BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as T;

    private static Body<T> Parse(ReadOnlyMemory<byte> bytes, HttpRequest request)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        if (bytes.IsEmpty && request.ContentType is null && Absent is { } absent)
        {
            return new Body<T>(absent, fingerprint);
        }

        if (!IsJson(request.ContentType))
        {
            return new Body<T>(new Problem(Problems.UnsupportedMediaType, "Content-Type must be application/json in UTF-8."));
        }

        var type = (JsonTypeInfo<T>)ApiJson.Requests.GetTypeInfo(typeof(T))!;
        T? value;
        try
        {
            value = JsonSerializer.Deserialize(bytes.Span, type);
        }
        catch (JsonException)
        {
            return new Body<T>(JsonDiagnosis.Of(bytes.Span, type));
        }

        if (value is null)
        {
            return new Body<T>(JsonDiagnosis.Of(bytes.Span, type));
        }

        // Only a body with an escaped NUL pays for the look at where it stands.
        if (bytes.Span.IndexOf("\\u0000"u8) >= 0 && JsonDiagnosis.FindNul(bytes.Span, type) is { } nul)
        {
            return new Body<T>(nul);
        }

        var findings = new Findings(request.HttpContext.RequestServices.GetService<TimeProvider>());
        value.Check(findings);
        return findings.Errors.Count == 0
            ? new Body<T>(value, fingerprint)
            : new Body<T>(new Problem(Problems.ValidationFailed, findings.Errors[0].Message) { Errors = findings.Errors });
    }

    private static bool IsJson(string? contentType)
    {
        if (string.Equals(contentType, "application/json", StringComparison.Ordinal))
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>What the documentation needs to know of a body.</summary>
internal sealed record BodyMetadata(Type Type, bool IsOptional);

/// <summary>How large bodies may be.</summary>
internal static class BodyLimits
{
    /// <summary>Everything but orders taken elsewhere.</summary>
    public const int Usual = 64 * 1024;

    /// <summary>Orders taken elsewhere, which may have 2,000 lines.</summary>
    public const int Orders = 1024 * 1024;

    /// <summary>Allows large bodies on a route.</summary>
    public static RouteHandlerBuilder AllowBodyOf(this RouteHandlerBuilder route, int bytes) => route.WithMetadata(new Limit(bytes));

    private sealed record Limit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}

/// <summary>Reads the bytes of a body, and no more than allowed.</summary>
internal static class BodyReader
{
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, Problem? Refusal)> ReadAsync(HttpContext context, long limit)
    {
        if (context.Request.ContentLength > limit)
        {
            return (default, TooLarge(limit));
        }

        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return (default, TooLarge(limit));
                }

                if (read.IsCompleted)
                {
                    var bytes = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return (bytes, null);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException refused)
        {
            // Kestrel counts too, and also refuses chunks that are none and bytes that come too slowly.
            return (default, new Problem(Problems.OfStatus(refused.StatusCode)));
        }
    }

    private static Problem TooLarge(long limit) => new(
        Problems.BodyTooLarge, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The body may have at most {limit} bytes."));
}
