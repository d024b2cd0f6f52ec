using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api.Catalog;

/// <summary>An answer as it is sent: rendered once, however many callers it is sent to.</summary>
/// <typeparam name="T">What it shows.</typeparam>
internal sealed class CachedAnswer<T>(T response, JsonSerializerOptions json, long version = 0, string? eTag = null, string? link = null)
    : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "application/json; charset=utf-8";

    private readonly byte[] _json = JsonSerializer.SerializeToUtf8Bytes(response, json);

    public long Version => version;

    public string? ETag => eTag;

    /// <summary>The bytes of the body.</summary>
    public int Length => _json.Length;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        SetHeaders(httpContext.Response.Headers);
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = _json.Length;
        await httpContext.Response.BodyWriter.WriteAsync(_json, httpContext.RequestAborted);
    }

    public void SetHeaders(IHeaderDictionary headers)
    {
        if (eTag is not null)
        {
            headers.ETag = eTag;
        }

        if (link is not null)
        {
            headers.Link = link;
        }
    }

    /// <summary>Writes the body into the buffer of the response, which the server sends when the request ends.</summary>
    /// <param name="response">The response.</param>
    /// <param name="end">What follows the JSON.</param>
    public void Write(HttpResponse response, ReadOnlySpan<byte> end)
    {
        response.ContentType = ContentType;
        response.ContentLength = _json.Length + end.Length;
        response.BodyWriter.Write(_json);
        response.BodyWriter.Write(end);
    }
}
