using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Api;

/// <summary>Enumerations as words in snake_case, exactly: the framework's converter forgives upper case and lists of words.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Values =
        Enum.GetValues<T>().ToFrozenDictionary(static value => Words.Of(value), StringComparer.Ordinal);

    private static readonly FrozenDictionary<T, JsonEncodedText> Texts =
        Enum.GetValues<T>().ToFrozenDictionary(static value => value, static value => JsonEncodedText.Encode(Words.Of(value)));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException("Not one of the words.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Texts[value]);
}

/// <summary>Members of enumerations as words.</summary>
internal static class Words
{
    /// <summary>The word for a member.</summary>
    public static string Of(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>All words of an enumeration, in its order.</summary>
    public static string[] All(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
