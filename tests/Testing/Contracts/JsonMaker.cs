using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActorShop.Testing.Contracts;

/// <summary>Makes values that a schema allows, often near its example, so that many of them get past the rules that a schema cannot say.</summary>
public sealed class JsonMaker(ApiDocument document, Random random)
{
    private const int MostItems = 3;

    private static readonly string[] Alphabets =
        ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789abcdef", "abc DEF-09_.,:;'&@+", "äöüßéø日本語ψж 1x"];

    public JsonNode? Make(JsonNode schemaOrReference, JsonNode? example = null)
    {
        var schema = document.Resolve(schemaOrReference);
        if (schema["oneOf"] is JsonArray alternatives)
        {
            return Chance(0.2) ? null : Make(alternatives[^1]!, example);
        }

        var types = TypesOf(schema);
        if (types.Contains("null", StringComparer.Ordinal) && Chance(0.2))
        {
            return null;
        }

        example ??= schema["example"] ?? schema["examples"]?.AsArray().FirstOrDefault();
        return schema["enum"] is JsonArray words
            ? words[random.Next(words.Count)]!.DeepClone()
            : types.First(static type => type is not "null") switch
            {
                "object" => Object(schema, example),
                "array" => Array(schema, example),
                "boolean" => Chance(0.5),
                "integer" => Number(schema, example),
                "number" => random.NextDouble(),
                _ => Text(schema, example?.GetValueKind() is JsonValueKind.String ? example.GetValue<string>() : null),
            };
    }

    public bool Chance(double probability) => random.NextDouble() < probability;

    public static IReadOnlyList<string> TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(static type => type!.GetValue<string>())],
        { } type => [type.GetValue<string>()],
        _ => ["string"],
    };

    private JsonObject Object(JsonObject schema, JsonNode? example)
    {
        var required = schema["required"]?.AsArray().Select(static name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        var made = new JsonObject();
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) || Chance(example?[name] is null ? 0.3 : 0.8))
            {
                made[name] = Make(member!, example?[name]);
            }
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            for (var i = random.Next(MostItems); i > 0; i--)
            {
                made[$"name {i}"] = Make(values);
            }
        }

        return made;
    }

    private JsonArray Array(JsonObject schema, JsonNode? example)
    {
        var least = schema["minItems"]?.GetValue<int>() ?? 0;
        var count = random.Next(least, Math.Min(schema["maxItems"]?.GetValue<int>() ?? MostItems, least + MostItems));
        return [.. Enumerable.Range(0, count).Select(_ => Make(schema["items"]!, (example as JsonArray)?.FirstOrDefault()))];
    }

    private JsonNode Number(JsonObject schema, JsonNode? example)
    {
        var (least, most) = (BoundOf(schema["minimum"], -1_000), BoundOf(schema["maximum"], 1_000_000));
        var number = random.Next(6) switch
        {
            0 => least,
            1 => most,
            2 => random.NextInt64(least, most),
            3 when example is not null => long.Parse(example.ToJsonString(), CultureInfo.InvariantCulture),
            _ => random.NextInt64(least, Math.Min(most, Math.Max(least + 1, 10))),
        };
        return schema["not"]?["enum"] is JsonArray denied && denied.Any(value => string.Equals(value!.ToJsonString(), number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)) ? most : number;
    }

    private string Text(JsonObject schema, string? example)
    {
        if (schema["format"] is JsonValue format)
        {
            return Chance(0.5) && example is not null ? example : format.GetValue<string>() is "date" ? "2024-02-29" : "2024-02-29T23:59:59.123+01:00";
        }

        var (least, most) = (schema["minLength"]?.GetValue<int>() ?? 0, schema["maxLength"]?.GetValue<int>() ?? 30);
        if (example is null || Chance(0.4))
        {
            foreach (var alphabet in Alphabets.OrderBy(_ => random.Next()))
            {
                var length = Chance(0.1) ? most : random.Next(least, Math.Min(most, least + 12) + 1);
                var text = new string(random.GetItems<char>(alphabet, length));
                if (Allows(schema, text))
                {
                    return text;
                }
            }
        }

        // An id is a prefix and digits.
        return example ?? $"{schema["pattern"]?.GetValue<string>().TrimStart('^').Split('[')[0]}{new string(random.GetItems<char>("0123456789abcdef", 32))}";
    }

    private static bool Allows(JsonObject schema, string text) =>
        (schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)))
        && schema["not"]?["enum"]?.AsArray().Any(denied => string.Equals(denied!.ToJsonString(), JsonSerializer.Serialize(text), StringComparison.Ordinal)) is not true;

    private static long BoundOf(JsonNode? bound, long otherwise) => bound is null ? otherwise : (long)bound.GetValue<double>();
}
