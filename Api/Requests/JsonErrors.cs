using System.Text.Json.Serialization.Metadata;

namespace ActorShop.Api;

/// <summary>Explains why the serializer refused a body.</summary>
/// <remarks>The serializer's own message stops at the first error and names internal types, while clients get a pointer to every error.</remarks>
internal static class JsonErrors
{
    public static Problem Explain(ReadOnlyMemory<byte> json, JsonTypeInfo type)
    {
        if (json.IsEmpty)
        {
            return new Problem(Problems.MalformedRequest, "The request body is empty.");
        }

        var errors = new ValidationErrors();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth });
            Check(document.RootElement, type, string.Empty, errors);
        }
        catch (JsonException)
        {
            return new Problem(Problems.MalformedRequest, "The body must be one JSON value in UTF-8, nested at most 16 levels deep.");
        }
        catch (InvalidOperationException)
        {
            // Only reading a string fails so: it is no UTF-8, or contains a lone surrogate.
            return new Problem(Problems.MalformedRequest, "Invalid UTF-8 or UTF-16 surrogate in a string.");
        }

        if (errors.IsEmpty)
        {
            errors.Add(string.Empty, "invalid_value", "Invalid value.");
        }

        return errors.ToProblem();
    }

    private static void Check(JsonElement value, JsonTypeInfo type, string at, ValidationErrors errors)
    {
        switch (value.ValueKind, type.Kind)
        {
            case (JsonValueKind.Object, JsonTypeInfoKind.Object):
                CheckMembers(value, type, at, errors);
                break;

            case (JsonValueKind.Object, JsonTypeInfoKind.Dictionary):
                foreach (var given in value.EnumerateObject())
                {
                    Check(given.Value, ElementOf(type), ValidationErrors.Pointer(at, given.Name), errors);
                }

                break;

            case (JsonValueKind.Array, JsonTypeInfoKind.Enumerable):
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(item, ElementOf(type), string.Create(CultureInfo.InvariantCulture, $"{at}/{index}"), errors);
                }

                break;

            // Reading the text throws if it is invalid, which the serializer would report like any other error.
            case (JsonValueKind.String, _) when value.GetString()!.Contains('\0', StringComparison.Ordinal):
                errors.Add(at, "nul_character", "Must not contain NUL.");
                break;

            // Members decide whether they may be null; here it is the whole body or an item of a list.
            case (JsonValueKind.Null, _):
                errors.Add(at, "null", "Must not be null.");
                break;

            default:
                if (!IsReadable(value, type))
                {
                    errors.Add(at, "wrong_type", "The value has the wrong type.");
                }

                break;
        }
    }

    private static void CheckMembers(JsonElement value, JsonTypeInfo type, string at, ValidationErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in value.EnumerateObject())
        {
            var child = ValidationErrors.Pointer(at, given.Name);
            if (type.Properties.FirstOrDefault(member => string.Equals(member.Name, given.Name, StringComparison.Ordinal)) is not { } member)
            {
                errors.Add(child, "unknown_member", "Unknown member (names are case-sensitive).");
                continue;
            }

            if (!seen.Add(given.Name))
            {
                errors.Add(child, "duplicate_member", "Duplicate member.");
            }

            if (given.Value.ValueKind is not JsonValueKind.Null || !member.IsSetNullable)
            {
                Check(given.Value, type.Options.GetTypeInfo(member.PropertyType), child, errors);
            }
        }

        foreach (var member in type.Properties.Where(member => member.IsRequired && !seen.Contains(member.Name)))
        {
            errors.Add(ValidationErrors.Pointer(at, member.Name), "missing_member", "Required.");
        }
    }

    private static bool IsReadable(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            return value.Deserialize(type) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonTypeInfo ElementOf(JsonTypeInfo type) => type.Options.GetTypeInfo(type.ElementType!);
}
