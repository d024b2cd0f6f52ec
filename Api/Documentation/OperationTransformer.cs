using System.Globalization;
using System.Text.Json.Nodes;
using ActorShop.Api.Access;
using ActorShop.Api.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>Documents query, headers and problems of a route from its metadata.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (operation.RequestBody?.Content?["application/json"] is OpenApiMediaType { Schema.OneOf: [_, var body] } content)
        {
            // An optional body may be left out, but not be null.
            content.Schema = body;
        }

        AddParameters(operation, metadata);
        AddSecurity(operation, metadata.OfType<RequiredScope>().LastOrDefault(), context.Document!);

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemResponse), parameterDescription: null, cancellationToken);
        AddProblems(operation, metadata, Shared(context.Document!, nameof(ProblemResponse), problem));
        foreach (var (status, response) in operation.Responses!)
        {
            AddHeaders((OpenApiResponse)response, status, metadata);
        }
    }

    /// <summary>A schema by reference, so that generated clients get one type for it.</summary>
    private static OpenApiSchemaReference Shared(OpenApiDocument document, string name, OpenApiSchema schema)
    {
        document.AddComponent(name, schema);
        return new OpenApiSchemaReference(name, document);
    }

    private static void AddParameters(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<QueryMetadata>().SelectMany(static query => query.Parameters))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Required = parameter.IsRequired,
                Description = parameter.Description,
                Schema = SchemaOf(parameter),
            });
        }

        if (metadata.OfType<KeyRequired>().Any())
        {
            AddHeader(operation, IdempotencyKey.Header, isRequired: true, "1 to 255 printable ASCII characters. Send the same key when you repeat a request.");
        }

        if (metadata.OfType<IfMatchRequired>().Any())
        {
            AddHeader(operation, "If-Match", isRequired: true, "The ETag of the version that you read.");
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, bool isRequired, string description) =>
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = isRequired,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => new()
    {
        Type = parameter.Type,
        Format = parameter.Format,
        Minimum = parameter.Minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = parameter.Maximum?.ToString(CultureInfo.InvariantCulture),
        Enum = parameter.Words?.Select(static word => (JsonNode)word).ToList(),
    };

    private static void AddSecurity(OpenApiOperation operation, RequiredScope? scope, OpenApiDocument document)
    {
        if (scope is not null)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(DocumentTransformer.SchemeName, document)] = [scope.Scope],
                },
            ];
        }
    }

    private static void AddProblems(OpenApiOperation operation, IList<object> metadata, IOpenApiSchema schema)
    {
        operation.Responses ??= [];
        foreach (var status in RefusalsOf(metadata).Distinct().GroupBy(static kind => kind.Status).OrderBy(static group => group.Key))
        {
            var key = status.Key.ToString(CultureInfo.InvariantCulture);
            operation.Responses[key] = new OpenApiResponse
            {
                Description = string.Join("; ", status.Select(static kind => $"`{kind.Code}`: {kind.Title}")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Problem.ContentType] = new() { Schema = schema },
                },
            };
        }
    }

    private static IEnumerable<ProblemKind> RefusalsOf(IList<object> metadata)
    {
        foreach (var kind in metadata.OfType<Refusals>().SelectMany(static refusals => refusals.Kinds))
        {
            yield return kind;
        }

        if (metadata.OfType<RequestBodyType>().Any())
        {
            yield return Problems.MalformedRequest;
            yield return Problems.ValidationFailed;
            yield return Problems.BodyTooLarge;
            yield return Problems.UnsupportedMediaType;
        }

        if (metadata.OfType<QueryMetadata>().Any())
        {
            yield return Problems.ValidationFailed;
        }

        if (metadata.OfType<QueryMetadata>().Any(static query => query.Parameters.Any(static parameter => parameter.Name is "cursor")))
        {
            yield return Problems.InvalidCursor;
        }

        if (metadata.OfType<KeyRequired>().Any())
        {
            yield return Problems.IdempotencyKeyRequired;
            yield return Problems.IdempotencyKeyInvalid;
            yield return Problems.IdempotencyInProgress;
            yield return Problems.IdempotencyKeyReused;
        }

        if (metadata.OfType<IfMatchRequired>().Any())
        {
            yield return Problems.InvalidPrecondition;
            yield return Problems.PreconditionRequired;
        }

        if (metadata.OfType<RequiredScope>().Any())
        {
            yield return Problems.ScopeRequired;
        }

        yield return Problems.Unauthenticated;
        yield return Problems.NotAcceptable;
        yield return Problems.InternalError;
        yield return Problems.Unavailable;
        yield return Problems.OutcomeUnknown;
    }

    private static void AddHeaders(OpenApiResponse response, string status, IList<object> metadata)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers["X-Request-Id"] = Header("The id sent by the client, or a generated one.");
        if (metadata.OfType<KeyRequired>().Any() && status is "200" or "201" or "202" or "402" or "409" or "422")
        {
            response.Headers[KeptAnswer.ReplayHeader] = Header("`true` if this is the stored answer to an earlier request with the same key.");
        }

        if (status is "201" or "202")
        {
            response.Headers["Location"] = Header("The URL of the resource.");
        }

        if (status is "503")
        {
            response.Headers["Retry-After"] = Header("The seconds to wait before a retry.");
        }

        if (status is "401")
        {
            response.Headers["WWW-Authenticate"] = Header("`Bearer`.");
        }
    }

    private static OpenApiHeader Header(string description) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
