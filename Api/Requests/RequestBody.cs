using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

internal sealed record RequestBodyType(Type Type, bool IsOptional)
{
    /// <summary>Replaces the framework's metadata, with which routing would answer 415 before authentication and before the check of ids.</summary>
    public static void Declare(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().FirstOrDefault() is { RequestType: { } type } accepts)
        {
            endpoint.Metadata.Remove(accepts);
            endpoint.Metadata.Add(new RequestBodyType(type, accepts.IsOptional));
            endpoint.Metadata.Add(new Refusals(
                Problems.MalformedRequest, Problems.ValidationFailed, Problems.BodyTooLarge, Problems.UnsupportedMediaType));
        }
    }
}

/// <summary>The bytes of a JSON body, and what the framework's binding does not check: limit, media type, encoding.</summary>
internal sealed class RequestBody(byte[] bytes) : IHttpRequestBodyDetectionFeature
{
    /// <summary>The maximum size of imported orders, which may have 2,000 lines.</summary>
    public const int OrderLimit = 1024 * 1024;

    // The maximum size on all other routes.
    private const int DefaultLimit = 64 * 1024;

    /// <summary>A hash of the bytes, which tells a repeated request from another one with the same idempotency key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public bool CanHaveBody => bytes.Length > 0;

    /// <summary>Reads and checks the body before the framework binds it, and explains a body that the framework refuses.</summary>
    public static void Use(WebApplication app) => app.Use(static async (http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RequestBodyType>() is not { } expected)
        {
            await next(http);
            return;
        }

        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && !(encoding is [{ } coding] && coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            http.Response.Headers.AcceptEncoding = "identity";
            await new Problem(Problems.UnsupportedMediaType, "Content-Encoding must be identity: the body must not be compressed.").ExecuteAsync(http);
            return;
        }

        var (bytes, refusal) = await ReadAsync(http);
        refusal ??= Check(bytes, http.Request.ContentType, expected.IsOptional);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        var body = new RequestBody(bytes);
        http.Features.Set(body);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(body);
        http.Request.Body = new MemoryStream(bytes, writable: false);
        await next(http);

        if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null })
        {
            var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await JsonErrors.Explain(bytes, options.GetTypeInfo(expected.Type)).ExecuteAsync(http);
        }
    });

    private static Problem? Check(byte[] bytes, string? contentType, bool isOptional)
    {
        if (isOptional && bytes.Length == 0 && contentType is null)
        {
            return null;
        }

        if (!IsJson(contentType))
        {
            return new Problem(Problems.UnsupportedMediaType, "Content-Type must be application/json in UTF-8.");
        }

        // The framework would skip a byte order mark, which RFC 8259 forbids, and take null for an optional body that was left out.
        var isAccepted = bytes.Length > 0 && !bytes.AsSpan().StartsWith("\uFEFF"u8) && !bytes.AsSpan().Trim(" \t\r\n"u8).SequenceEqual("null"u8);
        return isAccepted ? null : JsonErrors.Explain(bytes, ApiJson.Options.GetTypeInfo(typeof(object)));
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async ValueTask<(byte[] Bytes, Problem? Refusal)> ReadAsync(HttpContext http)
    {
        var limit = (int?)http.GetEndpoint()!.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? DefaultLimit;
        var tooLarge = new Problem(Problems.BodyTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body may have at most {limit} bytes."));
        if (http.Request.ContentLength > limit)
        {
            return ([], tooLarge);
        }

        try
        {
            var read = await http.Request.BodyReader.ReadAtLeastAsync(limit + 1, http.RequestAborted);
            var bytes = read.Buffer.Length > limit ? null : read.Buffer.ToArray();
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            return bytes is null ? ([], tooLarge) : (bytes, null);
        }
        catch (BadHttpRequestException refused)
        {
            // Kestrel has a limit too, and refuses broken chunks and bodies that arrive too slowly.
            return ([], new Problem(Problems.OfStatus(refused.StatusCode)));
        }
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // So Kestrel reports a chunk whose size does not fit in 32 bits.
            return ([], new Problem(Problems.MalformedRequest, "The chunks of the body are invalid."));
        }
    }
}
