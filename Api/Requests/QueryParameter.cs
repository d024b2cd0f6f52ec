using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>A parameter of a query, for the documentation.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The JSON type.</param>
/// <param name="Description">The description.</param>
internal sealed record QueryParameter(string Name, JsonSchemaType Type, string Description)
{
    public string? Format { get; init; }

    public bool IsRequired { get; init; }

    public IReadOnlyList<string>? Words { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }
}
