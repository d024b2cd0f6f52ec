using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

/// <summary>304: the client has the current version.</summary>
internal sealed class NotModified : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
        builder.Metadata.Add(RouteConventions.Header("If-None-Match", "ETags that you have. The answer is 304 if one of them is current."));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }
}
