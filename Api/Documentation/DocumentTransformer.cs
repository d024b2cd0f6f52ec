using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public const string SchemeName = "apiKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ActorShop",
            Version = "v1",
            Description =
                "The ActorShop API. Amounts are in minor units. Request bodies are strict JSON: unknown, duplicate and missing members are "
                + "refused. Every error is `application/problem+json` with a stable `code`.",
        };

        // The address differs from machine to machine.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key with scopes.",
            },
        };
        return Task.CompletedTask;
    }
}
