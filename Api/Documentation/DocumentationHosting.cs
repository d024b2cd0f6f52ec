using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>The API's description of itself: <c>/openapi/v1.json</c>, and <c>/docs</c> to browse it.</summary>
internal static class DocumentationHosting
{
    /// <summary>The name of the security scheme.</summary>
    public const string SchemeName = "apiKey";

    private const string DocumentPath = "/openapi/v1.json";

    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer<OperationTransformer>();
        options.AddSchemaTransformer<SchemaTransformer>();
    });

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi(DocumentPath.Replace("v1", "{documentName}", StringComparison.Ordinal));
        app.UseSwaggerUI(static ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "ActorShop API";
            ui.SwaggerEndpoint(DocumentPath, "ActorShop v1");
        });
    }

    private static void Describe(OpenApiDocument document)
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
    }
}
