using System.Reflection;
using System.Text.Json.Nodes;
using ActorShop.Api.Catalog;
using ActorShop.Api.Idempotency;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>Documents parameters, examples, problems and headers of a route from its metadata.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (operation.RequestBody?.Content?["application/json"] is OpenApiMediaType content)
        {
            // An optional body may be left out, but not be null.
            content.Schema = content.Schema is { OneOf: [_, var body] } ? body : content.Schema;
            content.Example = ExampleOf(metadata.OfType<RequestBodyType>().Single().Type);
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(static parameter => parameter.In is ParameterLocation.Path))
        {
            PathId.Describe(parameter, metadata.OfType<PathId>().LastOrDefault(), context.Description.HttpMethod!);
        }

        operation.Parameters = [.. operation.Parameters ?? [], .. metadata.OfType<OpenApiParameter>()];
        if (metadata.OfType<IAuthorizeData>().LastOrDefault() is { Policy: { } scope })
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(DocumentationHosting.SchemeName, document)] = [scope] }];
        }

        // A schema by reference, so that generated clients get one type for all problems.
        document.AddComponent(
            nameof(ProblemResponse), await context.GetOrCreateSchemaAsync(typeof(ProblemResponse), parameterDescription: null, cancellationToken));
        operation.Responses ??= [];
        var problems = metadata.OfType<Refusals>().SelectMany(static refusals => refusals.Kinds).Distinct().ToLookup(
            static kind => kind.Status.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
        foreach (var kinds in problems.OrderBy(static kinds => kinds.Key, StringComparer.Ordinal))
        {
            operation.Responses[kinds.Key] = ProblemOf(kinds, document);
        }

        foreach (var (status, response) in operation.Responses)
        {
            var type = context.Description.SupportedResponseTypes.FirstOrDefault(type => string.Equals($"{type.StatusCode}", status, StringComparison.Ordinal));
            var headers = HeadersOf(status, type, operation, metadata);
            headers = problems[status].Any(static kind => kind.MayPass) ? headers.Append("Retry-After") : headers;
            ((OpenApiResponse)response).Headers = ResponseHeaders.Of(status, headers, document);
        }
    }

    public static OpenApiResponse ProblemOf(IEnumerable<ProblemKind> kinds, OpenApiDocument document) => new()
    {
        Description = string.Join("; ", kinds.Select(static kind => $"`{kind.Code}`: {kind.Title}")),
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Problem.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemResponse), document) },
        },
    };

    private static JsonNode? ExampleOf(Type body) =>
        body.GetProperty("Example", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is { } example
            ? JsonSerializer.SerializeToNode(example, body, ApiJson.Options)
            : null;

    private static IEnumerable<string> HeadersOf(string status, ApiResponseType? type, OpenApiOperation operation, IList<object> metadata)
    {
        var isMinimal = status is "204" && operation.Parameters!.Any(static parameter => parameter.Name is Preference.Header);
        if (typeof(IVersioned).IsAssignableFrom(type?.Type) || isMinimal)
        {
            yield return ResponseHeaders.ETag;
        }

        if (isMinimal)
        {
            yield return Preference.AppliedHeader;
        }

        if (status is "200" && operation.Parameters!.Any(static parameter => parameter.Name is "cursor"))
        {
            yield return "Link";
        }

        if (status is "200" or "304" && metadata.OfType<HasAge>().Any())
        {
            yield return "Age";
        }

        if (metadata.Contains(IdempotencyKey.Required) && status is "200" or "201" or "202" or "402" or "409" or "422")
        {
            yield return IdempotencyFilter.ReplayHeader;
        }
    }
}
