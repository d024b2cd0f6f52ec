using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActorShop.Api.Documentation;

/// <summary>Documents enumerations, times, the limits of members, and which members may be left out.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var json = context.JsonTypeInfo;
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Words.All(type).Select(static word => (JsonNode)word)];
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = type == json.Type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
        else if (type == typeof(Int128))
        {
            // Of a sum that a shop can reach: a generated client needs a type with room for it.
            schema.Format = "int64";
        }
        else if (json.Kind is JsonTypeInfoKind.Object)
        {
            // Members without a value are left out.
            schema.AdditionalPropertiesAllowed = true;
            schema.AdditionalProperties = null;
            schema.Required?.ExceptWith(json.Properties.Where(static member => member.IsGetNullable).Select(static member => member.Name));
        }

        if (context.JsonPropertyInfo is { } property)
        {
            schema.Default = property.IsRequired ? null : schema.Default;
            foreach (var rule in BodyValidation.RulesOf(property))
            {
                AddLimits(schema, rule);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Documents a rule by what the rule itself enforces.</summary>
    public static void AddLimits(OpenApiSchema schema, ValidationAttribute rule)
    {
        switch (rule)
        {
            case StringLengthAttribute length:
                schema.MinLength = length.MinimumLength;
                schema.MaxLength = length.MaximumLength;
                break;

            case LengthAttribute length:
                schema.MinItems = length.MinimumLength;
                schema.MaxItems = length.MaximumLength;
                break;

            case RangeAttribute range:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;

            case DeniedValuesAttribute denied:
                schema.Not = new OpenApiSchema { Enum = [.. denied.Values.Select(static value => JsonSerializer.SerializeToNode(value)!)] };
                break;

            case RegularExpressionAttribute expression:
                schema.Pattern = expression.Pattern;
                break;
        }

        (rule as ISchemaRule)?.Describe(schema);
    }
}
