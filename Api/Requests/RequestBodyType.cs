using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

/// <summary>The type of a route's body.</summary>
/// <param name="Type">The type.</param>
/// <param name="IsOptional">Whether the body may be left out.</param>
internal sealed record RequestBodyType(Type Type, bool IsOptional)
{
    /// <summary>Replaces the framework's metadata, with which routing would answer 415 before authentication and before the check of ids.</summary>
    public static void Declare(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().FirstOrDefault() is { RequestType: { } type } accepts)
        {
            endpoint.Metadata.Remove(accepts);
            endpoint.Metadata.Add(new RequestBodyType(type, accepts.IsOptional));
        }
    }
}
