using ActorShop.Api.Access;
using ActorShop.Api.Hosting;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>The API's description of itself: <c>/openapi/v1.json</c>, and <c>/docs</c> to browse it.</summary>
internal static class DocumentationHosting
{
    /// <summary>The name of the security scheme.</summary>
    public const string SchemeName = "apiKey";

    private const string DocumentPath = "/openapi/v1.json";

    private const string ScriptPath = "/docs/try.js";

    public static void AddDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer<ComponentTransformer>();
        options.AddOperationTransformer<OperationTransformer>();
        options.AddSchemaTransformer<SchemaTransformer>();
    });

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi(DocumentPath.Replace("v1", "{documentName}", StringComparison.Ordinal));
        var isForDevelopment = app.Services.GetRequiredService<ApiKeyRing>().Find(StartMessage.DevelopmentKey) is not null;
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "ActorShop API";
            ui.SwaggerEndpoint(DocumentPath, "ActorShop v1");
            if (isForDevelopment)
            {
                ui.InjectJavascript(ScriptPath);
                ui.UseRequestInterceptor("(request) => window.tryItOut(request)");
            }
        });
        if (isForDevelopment)
        {
            var script = Script();
            app.MapGet(ScriptPath, () => TypedResults.Text(script, "text/javascript")).ExcludeFromDescription();
        }
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(DocumentationHosting).Assembly.GetManifestResourceStream("ActorShop.Api.Documentation.try.js")!);
        return reader.ReadToEnd()
            .Replace("__KEY__", StartMessage.DevelopmentKey, StringComparison.Ordinal)
            .Replace("__DIGITS__", PathId.ExampleDigits, StringComparison.Ordinal)
            .Replace("__SKU__", SkuAttribute.Example, StringComparison.Ordinal);
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ActorShop",
            Version = "v1",
            Description =
                "The ActorShop API. Amounts are in minor units. Request bodies are strict JSON: unknown, duplicate and missing members are "
                + "refused. Answers may get new members; members without a value are left out. Every error is `application/problem+json` with a stable `code`, except that the server answers 400, 414 and 431 without a body to what it cannot read as HTTP. "
                + "HEAD is answered as GET, without the body. A path with another method answers 405 with `Allow`, and another path 404. "
                + "Requests are counted for each caller and kind of route: beyond the limit they answer 429 with `Retry-After`. Send `X-Request-Id` to find a request in the log.",
        };

        // The address differs from machine to machine: it is that of the document.
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.Headers = ResponseHeaders.Components();
        document.Components.Responses = Problems.OfAnyRequest
            .ToDictionary(static kind => kind.Name, IOpenApiResponse (kind) => BeforeRouting(kind, document), StringComparer.Ordinal);

        // The server's own refusals of requests that it cannot read have no body.
        foreach (var (status, description) in new[] { ("400", "The request is no HTTP."), ("414", "The URL is too long."), ("431", "The headers are too large.") })
        {
            document.Components.Responses[status] = new OpenApiResponse { Description = description };
        }

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

    // The answers to requests that reach no operation.
    private static OpenApiResponse BeforeRouting(ProblemKind kind, OpenApiDocument document)
    {
        var response = OperationTransformer.ProblemOf([kind], document);
        response.Headers = ResponseHeaders.Of($"{kind.Status}", [], document);
        return response;
    }
}
