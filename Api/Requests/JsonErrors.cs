using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorShop.Api;

/// <summary>
/// Explains why the serializer refused a body: its own message stops at the first error and names internal types, while clients get
/// a pointer to every error.
/// </summary>
internal static class JsonErrors
{
    /// <summary>The problem of a body that the serializer refused.</summary>
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

    /// <summary>The problem of a body with NUL in a string or a name, which the serializer accepts; null if there is none.</summary>
    public static Problem? FindNul(ReadOnlyMemory<byte> json)
    {
        // Most bodies have no escaped NUL, and an unescaped one is no JSON.
        if (json.Span.IndexOf("\\u0000"u8) < 0)
        {
            return null;
        }

        var errors = new ValidationErrors();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth });
            Check(document.RootElement, type: null, string.Empty, errors);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The serializer refuses this body too.
        }

        return errors.IsEmpty ? null : errors.ToProblem();
    }

    // Without a type, as below an unknown member, only NUL is an error.
    private static void Check(JsonElement value, JsonTypeInfo? type, string at, ValidationErrors errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when type is null or { Kind: JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary }:
                CheckMembers(value, type, at, errors);
                break;

            case JsonValueKind.Array when type is null or { Kind: JsonTypeInfoKind.Enumerable }:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(item, ElementOf(type), string.Create(CultureInfo.InvariantCulture, $"{at}/{index}"), errors);
                }

                break;

            case JsonValueKind.String when value.GetString()!.Contains('\0', StringComparison.Ordinal):
                errors.Add(at, "nul_character", "Must not contain NUL.");
                break;

            // Members decide whether they may be null; here it is the whole body or an item of a list.
            case JsonValueKind.Null:
                if (at.Length == 0 || type is { Kind: JsonTypeInfoKind.Object })
                {
                    errors.Add(at, "null", "Must not be null.");
                }

                break;

            default:
                if (type is not null && !IsReadable(value, type))
                {
                    errors.Add(at, "wrong_type", "The value has the wrong type.");
                }

                break;
        }
    }

    private static void CheckMembers(JsonElement value, JsonTypeInfo? type, string at, ValidationErrors errors)
    {
        var members = type is { Kind: JsonTypeInfoKind.Object } ? type.Properties : null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in value.EnumerateObject())
        {
            var child = ValidationErrors.Pointer(at, given.Name);
            var member = members?.FirstOrDefault(member => string.Equals(member.Name, given.Name, StringComparison.Ordinal));
            if (given.Name.Contains('\0', StringComparison.Ordinal))
            {
                errors.Add(at, "nul_character", "Must not contain NUL.");
            }
            else if (members is not null && member is null)
            {
                errors.Add(child, "unknown_member", "Unknown member (names are case-sensitive).");
            }
            else if (!seen.Add(given.Name) && type is not null)
            {
                errors.Add(child, "duplicate_member", "Duplicate member.");
            }

            if (given.Value.ValueKind is JsonValueKind.Null && member is not null)
            {
                if (!member.IsSetNullable)
                {
                    errors.Add(child, "null", "Must not be null.");
                }
            }
            else
            {
                Check(given.Value, member is null ? ElementOf(type) : type!.Options.GetTypeInfo(member.PropertyType), child, errors);
            }
        }

        foreach (var member in members ?? [])
        {
            if (member.IsRequired && !seen.Contains(member.Name))
            {
                errors.Add(ValidationErrors.Pointer(at, member.Name), "missing_member", "Required.");
            }
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

    private static JsonTypeInfo? ElementOf(JsonTypeInfo? type) => type?.ElementType is { } element ? type.Options.GetTypeInfo(element) : null;
}
