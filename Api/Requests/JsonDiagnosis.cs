using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorShop.Api;

/// <summary>
/// Explains why the serializer refused a body, by reading it again beside the expected type. The serializer's own message
/// stops at the first error and names internal types.
/// </summary>
internal static class JsonDiagnosis
{
    /// <summary>Why a body could not be read.</summary>
    public static Problem Of(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var findings = new Findings();
        try
        {
            var reader = Open(json, type);
            Value(ref reader, type, string.Empty, findings, nulOnly: false);
            reader.Read();
        }
        catch (JsonException)
        {
            return new Problem(
                Problems.MalformedRequest, json.IsEmpty ? "The request body is empty." : "The body must be one JSON value in UTF-8, nested at most 16 levels deep.");
        }
        catch (InvalidOperationException)
        {
            // The string contains a lone surrogate.
            return new Problem(Problems.MalformedRequest, "Invalid UTF-16 surrogate in a string.");
        }

        if (findings.Errors.Count == 0)
        {
            findings.Add(string.Empty, "invalid_value", "Invalid value.");
        }

        return new Problem(Problems.ValidationFailed, findings.Errors[0].Message) { Errors = findings.Errors };
    }

    /// <summary>The refusal of a body with a NUL in a string or a name; null if there is none.</summary>
    public static Problem? FindNul(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var findings = new Findings();
        var reader = Open(json, type);
        Value(ref reader, type, string.Empty, findings, nulOnly: true);
        return findings.Errors.Count == 0
            ? null
            : new Problem(Problems.ValidationFailed, findings.Errors[0].Message) { Errors = findings.Errors };
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = type.Options.MaxDepth });
        reader.Read();
        return reader;
    }

    // The reader is on the first token of a value, and afterwards on its last. The type is null for the value of an unknown member.
    private static void Value(ref Utf8JsonReader reader, JsonTypeInfo? type, string pointer, Findings findings, bool nulOnly)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader, type, pointer, findings, nulOnly);
                break;

            case JsonTokenType.StartArray:
                Expect(type, JsonTypeInfoKind.Enumerable, pointer, "Must not be an array.", findings, nulOnly);
                for (var i = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; i++)
                {
                    Value(
                        ref reader, ElementOf(type, JsonTypeInfoKind.Enumerable),
                        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pointer}/{i}"), findings, nulOnly);
                }

                break;

            case JsonTokenType.String:
                if (reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                {
                    findings.Add(pointer, "nul_character", "Must not contain NUL.");
                }

                Scalar(ref reader, type, pointer, findings, nulOnly);
                break;

            case JsonTokenType.Null:
                // Members decide for themselves whether null is allowed; this is an item of a list, a value of a dictionary or the whole body.
                if (type is not null && !nulOnly && (pointer.Length == 0 || type.Kind is JsonTypeInfoKind.Object))
                {
                    findings.Add(pointer, "null", "Must not be null.");
                }

                break;

            default:
                Scalar(ref reader, type, pointer, findings, nulOnly);
                break;
        }
    }

    private static void Object(ref Utf8JsonReader reader, JsonTypeInfo? type, string pointer, Findings findings, bool nulOnly)
    {
        if (type?.Kind is not JsonTypeInfoKind.Dictionary)
        {
            Expect(type, JsonTypeInfoKind.Object, pointer, "Must not be an object.", findings, nulOnly);
        }

        var members = type?.Kind is JsonTypeInfoKind.Object ? type.Properties : null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var child = Findings.Pointer(pointer, name);
            var member = members?.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal));
            if (name.Contains('\0', StringComparison.Ordinal))
            {
                findings.Add(pointer, "nul_character", "Must not contain NUL.");
            }
            else if (!nulOnly && members is not null && member is null)
            {
                findings.Add(child, "unknown_member", "Unknown member (names are case-sensitive).");
            }
            else if (!nulOnly && !seen.Add(name))
            {
                findings.Add(child, "duplicate_member", "Duplicate member.");
            }

            reader.Read();
            if (reader.TokenType is JsonTokenType.Null && member is { IsSetNullable: false } && !nulOnly)
            {
                findings.Add(child, "null", "Must not be null.");
            }

            Value(
                ref reader, member is null ? ElementOf(type, JsonTypeInfoKind.Dictionary) : type!.Options.GetTypeInfo(member.PropertyType),
                child, findings, nulOnly);
        }

        foreach (var member in members ?? [])
        {
            if (!nulOnly && member.IsRequired && !seen.Contains(member.Name))
            {
                findings.Add(Findings.Pointer(pointer, member.Name), "missing_member", "Required.");
            }
        }
    }

    private static void Expect(
        JsonTypeInfo? type, JsonTypeInfoKind kind, string pointer, string message, Findings findings, bool nulOnly)
    {
        if (type is not null && type.Kind != kind && !nulOnly)
        {
            findings.Add(pointer, "wrong_type", message);
        }
    }

    private static void Scalar(ref Utf8JsonReader reader, JsonTypeInfo? type, string pointer, Findings findings, bool nulOnly)
    {
        if (type is null || nulOnly)
        {
            return;
        }

        try
        {
            using var value = JsonDocument.ParseValue(ref reader);
            if (value.RootElement.Deserialize(type) is not null)
            {
                return;
            }
        }
        catch (JsonException)
        {
            // Reported below.
        }

        findings.Add(pointer, "wrong_type", "The value has the wrong type.");
    }

    private static JsonTypeInfo? ElementOf(JsonTypeInfo? type, JsonTypeInfoKind kind) =>
        type?.Kind == kind && type.ElementType is { } element ? type.Options.GetTypeInfo(element) : null;
}
