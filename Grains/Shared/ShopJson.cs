using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorShop;

/// <summary>The JSON of state and events: one set of options, so that every build reads what every other wrote.</summary>
/// <remarks>
/// Closed hierarchies carry the last part of their case's alias as <c>kind</c>, or under the name of their <c>[JsonPolymorphic]</c>; identifiers are their text; sorted dictionaries are
/// ordinal; computed members are left out; names are camelCase and enums snake_case.
/// </remarks>
public static class ShopJson
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The name of a case within its hierarchy: the last part of its alias.</summary>
    public static string NameOf(Type type) => Names.GetOrAdd(type, static type =>
    {
        var alias = type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
            ?? throw new InvalidOperationException($"{type.FullName} is stored and has no alias.");
        return alias[(alias.LastIndexOf('.') + 1)..];
    });

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,

            // A database may reorder members, as PostgreSQL's jsonb does.
            AllowOutOfOrderMetadataProperties = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddCases } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
                new IdentifierConverterFactory(),
                new OrdinalDictionaryConverterFactory(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    // A closed hierarchy is an abstract type whose cases are nested in it.
    private static void AddCases(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Type.IsInterface || info.Kind is not JsonTypeInfoKind.Object)
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = info.Type.GetCustomAttribute<JsonPolymorphicAttribute>()?.TypeDiscriminatorPropertyName ?? "kind",
        };
        foreach (var nested in info.Type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(info.Type.IsAssignableFrom))
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(nested, NameOf(nested)));
        }
    }

    private sealed class IdentifierConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && Array.Exists(
            typeToConvert.GetInterfaces(), static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(IdentifierConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class IdentifierConverter<T> : JsonConverter<T>
        where T : struct, IIdentifier<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            T.From(reader.GetString() ?? throw new JsonException("An identifier is a string."));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class OrdinalDictionaryConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType
            && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>)
            && typeToConvert.GenericTypeArguments[0] == typeof(string);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                typeof(OrdinalDictionaryConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments[1]))!;
    }

    // The framework would read it with a comparer of the current culture: another order, and keys that collide.
    private sealed class OrdinalDictionaryConverter<T> : JsonConverter<ImmutableSortedDictionary<string, T>>
    {
        public override ImmutableSortedDictionary<string, T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var builder = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                builder[key] = JsonSerializer.Deserialize<T>(ref reader, options)!;
            }

            return builder.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}
