using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace ActorShop.Api;

/// <summary>Names of enumerations and refusals in snake_case, in exactly this case: <see cref="JsonStringEnumConverter"/> ignores case and accepts lists.</summary>
internal sealed class Words : JsonConverterFactory
{
    public static string Of(Enum value) => Of(value.ToString());

    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static string[] All(Type type) => [.. Enum.GetNames(type).Select(Of)];

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<string, T> Values =
            Enum.GetValues<T>().ToFrozenDictionary(static value => Of(value), StringComparer.Ordinal);

        private static readonly FrozenDictionary<T, JsonEncodedText> Texts =
            Values.ToFrozenDictionary(static pair => pair.Value, static pair => JsonEncodedText.Encode(pair.Key));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Texts[value]);
    }
}
