using System.Reflection;

namespace ActorShop.Api;

/// <summary>The <c>operationId</c> of a route: the name of the class that maps it, such as <c>createCart</c>.</summary>
internal static class OperationName
{
    public static string Of(MethodInfo handler)
    {
        // Handlers that are lambdas are methods of a nested class that the compiler makes.
        var type = handler.DeclaringType!;
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return JsonNamingPolicy.CamelCase.ConvertName(type.Name);
    }

    /// <summary>Names a route that has no name yet.</summary>
    public static void Declare(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.OfType<IEndpointNameMetadata>().Any() && endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler)
        {
            endpoint.Metadata.Add(new EndpointNameMetadata(Of(handler)));
        }
    }
}
