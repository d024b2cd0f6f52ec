using System.Buffers;
using System.Reflection;
using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api.Catalog;

/// <summary>A version of a product as it is sent: rendered once, however many callers it is sent to.</summary>
internal sealed class ProductAnswer(ProductView product) : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "application/json; charset=utf-8";

    private readonly byte[] _json = JsonSerializer.SerializeToUtf8Bytes(ProductResponse.Of(product), ApiJson.Options);

    public long Version { get; } = product.Version;

    public string ETag { get; } = Api.ETag.Of(product.Version);

    /// <summary>The bytes of the body.</summary>
    public int Length => _json.Length;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ProductResponse), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Write(httpContext.Response, []);
        return Task.CompletedTask;
    }

    /// <summary>Writes the answer without sending it.</summary>
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
