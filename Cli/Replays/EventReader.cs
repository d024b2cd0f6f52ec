using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>Reads a history, one JSON object a line. An invalid line ends it: a gap would falsify every sum.</summary>
internal static class EventReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new UtcConverter() },
    };

    /// <exception cref="ToolException">A line is not an event, or its sequence is not above the one before.</exception>
    public static async IAsyncEnumerable<ShopEvent> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        var last = 0;
        for (var line = 1; await reader.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var happened = Parse(text, line);
            if (happened.Sequence <= last)
            {
                throw new ToolException(ExitCode.BadInput, $"line {line}: seq {happened.Sequence} after {last}");
            }

            last = happened.Sequence;
            yield return happened;
        }
    }

    private static ShopEvent Parse(string text, int line)
    {
        try
        {
            return JsonSerializer.Deserialize<ShopEvent>(text, Json) ?? throw new JsonException("null");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new ToolException(ExitCode.BadInput, $"line {line}: not an event: {exception.Message}", exception);
        }
    }

    // The times of a history without a zone are UTC, not local.
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => DateTimeOffset.Parse(
            reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
