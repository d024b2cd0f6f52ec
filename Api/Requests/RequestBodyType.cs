using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

/// <summary>The type of a route's body.</summary>
/// <param name="Type">The type.</param>
/// <param name="IsOptional">Whether the body may be left out.</param>
internal sealed record RequestBodyType(Type Type, bool IsOptional)
{
    /// <summary>Replaces the framework's metadata, with which routing answers 415 before it is known who asks and whether the path exists.</summary>
    public static void Declare(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().FirstOrDefault() is { RequestType: { } type } accepts)
        {
            endpoint.Metadata.Remove(accepts);
            endpoint.Metadata.Add(new RequestBodyType(type, accepts.IsOptional));
        }
    }
}
