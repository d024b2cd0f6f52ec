using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>Documents what differs between requests and answers: requests refuse unknown members, and answers have no nulls.</summary>
internal sealed class ComponentTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var body in document.Paths.Values.SelectMany(static path => path.Operations ?? []).Select(static operation => operation.Value.RequestBody))
        {
            foreach (var content in body?.Content?.Values ?? [])
            {
                Collect(content.Schema, sent);
            }
        }

        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (sent.Contains(name))
            {
                Close(schema);
            }
            else
            {
                WithoutNull(schema);
            }
        }

        return Task.CompletedTask;
    }

    private static void Collect(IOpenApiSchema? schema, HashSet<string> names)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } name } && !names.Add(name))
        {
            return;
        }

        foreach (var child in Children(schema))
        {
            Collect(child, names);
        }
    }

    private static void Close(IOpenApiSchema? schema)
    {
        if (schema is OpenApiSchema { AdditionalProperties: null } own && own.Type?.HasFlag(JsonSchemaType.Object) is true)
        {
            own.AdditionalPropertiesAllowed = false;
        }

        foreach (var child in Children(schema).OfType<OpenApiSchema>())
        {
            Close(child);
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema { OneOf: [OpenApiSchema { Type: JsonSchemaType.Null }, var only] })
        {
            return only;
        }

        if (schema is OpenApiSchema own)
        {
            own.Type &= ~JsonSchemaType.Null;
            foreach (var (name, member) in own.Properties?.ToArray() ?? [])
            {
                own.Properties![name] = WithoutNull(member);
            }

            own.Items = own.Items is null ? null : WithoutNull(own.Items);
        }

        return schema;
    }

    private static IEnumerable<IOpenApiSchema> Children(IOpenApiSchema? schema) =>
    [
        .. schema?.Properties?.Values ?? [],
        .. schema?.OneOf ?? [],
        .. schema?.Items is { } items ? [items] : Array.Empty<IOpenApiSchema>(),
        .. schema?.AdditionalProperties is { } values ? [values] : Array.Empty<IOpenApiSchema>(),
    ];
}
