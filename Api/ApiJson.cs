using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Api;

/// <summary>How requests and answers look as JSON.</summary>
internal static class ApiJson
{
    /// <summary>The deepest nesting of a request.</summary>
    public const int MaxDepth = 16;

    /// <summary>Times as RFC 3339.</summary>
    public static JsonConverter<DateTimeOffset> Times { get; } = new Rfc3339Converter();

    /// <summary>Strict: nothing is guessed, nothing is ignored.</summary>
    public static ApiJsonContext Requests { get; } = new(Create(strict: true));

    /// <summary>For answers.</summary>
    public static ApiJsonContext Context { get; } = new(Create(strict: false));

    private static JsonSerializerOptions Create(bool strict)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters =
            {
                Times,
                new WordConverter<CartStatus>(),
                new WordConverter<OrderStatus>(),
                new WordConverter<PaymentStatus>(),
                new WordConverter<FulfilmentStatus>(),
                new WordConverter<OrderTender>(),
                new WordConverter<StockPolicy>(),
            },
        };
        if (strict)
        {
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.AllowDuplicateProperties = false;
            options.RespectNullableAnnotations = true;
            options.RespectRequiredConstructorParameters = true;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.MaxDepth = MaxDepth;
        }

        return options;
    }

    /// <summary>Times with their offset, and back as UTC: a time of day somewhere is no time.</summary>
    private sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && Rfc3339.TryParse(reader.GetString()!, out var time)
                ? time
                : throw new JsonException("Not a time of RFC 3339.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Rfc3339.Format(value));
    }
}

/// <summary>Times as they look in requests and answers.</summary>
internal static class Rfc3339
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>In UTC, with as many digits as are needed.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>With an offset, which the framework would take from this machine if it were missing.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length is > 19 and < 40 && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }
}
