namespace ActorShop.Api.Documentation;

/// <summary>The API's description of itself: <c>/openapi/v1.json</c>, and <c>/docs</c> to browse it.</summary>
internal static class DocumentationHosting
{
    private const string DocumentPath = "/openapi/v1.json";

    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer<DocumentTransformer>();
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
}
