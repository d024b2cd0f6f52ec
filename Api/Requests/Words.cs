using System.Text.Json;

namespace ActorShop.Api;

/// <summary>Names of enumerations and refusals in snake_case.</summary>
internal static class Words
{
    public static string Of(Enum value) => Of(value.ToString());

    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static string[] All(Type type) => [.. Enum.GetNames(type).Select(Of)];
}
