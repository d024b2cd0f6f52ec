using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorShop.Testing.Contracts;

/// <summary>Spoils values in the ways in which clients and attackers do. Some results are still valid.</summary>
public sealed class Mutations(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "\u202eevil", "\u200b", "a\r\nb", "\ud83d\ude00", "e\u0301", "%2e%2e", "%2F", "%00", "..", ".", "a/b", "'; drop table orders; --", "{{7*7}}", "$ne",
        "<script>", "null", "undefined", "NaN", "-0", "1e309", "0x10", "١٢", "９", "true", "[]", "2011-13-45", "9999-12-31T23:59:60Z",
    ];

    private static readonly string[] Bodies =
        ["", "[]", "null", "7", "\"text\"", "{", "{}", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "{\"__proto__\":{}}", "\uFEFF{}"];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "1.5", "1e3", "1E400", "-0", "1e-400", "00", "+1"];

    public string Text() => random.Next(12) switch
    {
        0 => new string('x', random.Next(65, 12_000)),
        1 => new string(random.GetItems<char>("ab%/\\.?#&=+;:@!$'()*,~-_\"<>{}[]|^` \t", random.Next(1, 20))),
        2 => Number(),
        _ => Texts[random.Next(Texts.Length)],
    };

    public string Number() => Numbers[random.Next(Numbers.Length)];

    /// <summary>A JSON text near a body: another value, another type, a member more or less, or text that is not JSON.</summary>
    public string Body(JsonNode? body)
    {
        var json = body?.ToJsonString() ?? "null";
        switch (random.Next(8))
        {
            case 0:
                return json[..random.Next(json.Length)];

            case 1:
                return json.Insert(random.Next(json.Length), ((char)random.Next(1, 256)).ToString());

            case 2 when json.Length > 2 && json[0] is '{':
                // The first member twice.
                return "{" + json[1..^1] + "," + json[1..];

            case 3:
                return Bodies[random.Next(Bodies.Length)];

            default:
                var copy = body?.DeepClone();
                Change(copy);
                var number = json.AsSpan().IndexOfAnyInRange('1', '9');
                return copy?.ToJsonString() is { } changed && !string.Equals(changed, json, StringComparison.Ordinal) ? changed
                    : number >= 0 ? string.Concat(json.AsSpan(0, number), Number(), json.AsSpan(number + 1))
                    : "{\"" + "unknown\":1}";
        }
    }

    private void Change(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array when array.Count > 0 && random.Next(2) == 0:
                Change(array[random.Next(array.Count)]);
                break;

            case JsonArray array:
                array.Add(random.Next(2) == 0 ? null : Any());
                break;

            case JsonObject members when members.Count == 0 || random.Next(4) == 0:
                members[random.Next(2) == 0 ? "unknown" : Text()] = Any();
                break;

            case JsonObject members:
                var (name, value) = members.ElementAt(random.Next(members.Count));
                if (value is JsonObject or JsonArray && random.Next(3) > 0)
                {
                    Change(value);
                }
                else if (random.Next(5) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = Any();
                }

                break;
        }
    }

    private JsonNode? Any() => random.Next(7) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject { ["amount"] = 1 },
        3 => random.Next(2) == 0,
        4 => long.Parse(Numbers[random.Next(7)], CultureInfo.InvariantCulture),
        5 => 1.5,
        _ => Text(),
    };
}
