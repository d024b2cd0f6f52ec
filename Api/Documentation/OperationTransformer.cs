using ActorShop.Api.Idempotency;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>Documents parameters, problems and headers of a route from its metadata.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (operation.RequestBody?.Content?["application/json"] is OpenApiMediaType { Schema.OneOf: [_, var body] } content)
        {
            // An optional body may be left out, but not be null.
            content.Schema = body;
        }

        operation.Parameters = [.. operation.Parameters ?? [], .. metadata.OfType<OpenApiParameter>()];
        if (metadata.OfType<IAuthorizeData>().LastOrDefault() is { Policy: { } scope })
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(DocumentationHosting.SchemeName, document)] = [scope] }];
        }

        // A schema by reference, so that generated clients get one type for all problems.
        document.AddComponent(
            nameof(ProblemResponse), await context.GetOrCreateSchemaAsync(typeof(ProblemResponse), parameterDescription: null, cancellationToken));
        var problem = new OpenApiSchemaReference(nameof(ProblemResponse), document);
        operation.Responses ??= [];
        foreach (var kinds in metadata.OfType<Refusals>().SelectMany(static refusals => refusals.Kinds).Distinct().GroupBy(static kind => kind.Status).OrderBy(static kinds => kinds.Key))
        {
            operation.Responses[kinds.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("; ", kinds.Select(static kind => $"`{kind.Code}`: {kind.Title}")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [Problem.ContentType] = new() { Schema = problem } },
            };
        }

        foreach (var (status, response) in operation.Responses)
        {
            ((OpenApiResponse)response).Headers = HeadersOf(status, metadata.Contains(IdempotencyKey.Required)).ToDictionary(
                static header => header.Name, static header => (IOpenApiHeader)new OpenApiHeader
                {
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }, StringComparer.Ordinal);
        }
    }

    private static IEnumerable<(string Name, string Description)> HeadersOf(string status, bool isIdempotent)
    {
        yield return ("X-Request-Id", "The id sent by the client, or a generated one.");
        if (isIdempotent && status is "200" or "201" or "202" or "402" or "409" or "422")
        {
            yield return (IdempotencyFilter.ReplayHeader, "`true` if this is the stored answer to an earlier request with the same key.");
        }

        switch (status)
        {
            case "201" or "202":
                yield return ("Location", "The URL of the resource.");
                break;

            case "401":
                yield return ("WWW-Authenticate", "`Bearer`.");
                break;

            case "429" or "503":
                yield return ("Retry-After", "The seconds to wait before a retry.");
                break;
        }
    }
}
