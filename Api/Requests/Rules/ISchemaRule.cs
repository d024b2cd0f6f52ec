using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>A rule that describes itself in the API's documentation.</summary>
internal interface ISchemaRule
{
    void Describe(OpenApiSchema schema);
}
