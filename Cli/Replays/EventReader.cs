using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>Reads a history, one JSON object a line. An invalid line ends it: a gap would falsify every sum.</summary>
internal static class EventReader
{
    /// <summary>Reads the events with their times in a time zone, which is also that of the times that state none.</summary>
    /// <exception cref="ToolException">A line is not an event, or its sequence is not above the one before.</exception>
    public static async IAsyncEnumerable<ShopEvent> ReadAsync(
        Stream input, TimeZoneInfo zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new TimeConverter(zone) },
        };
        using var reader = new StreamReader(input, Encoding.UTF8);
        var last = 0;
        for (var line = 1; await reader.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var happened = Parse(text, line, json);
            if (happened.Sequence <= last)
            {
                throw new ToolException(ExitCode.BadInput, $"line {line}: seq {happened.Sequence} after {last}");
            }

            last = happened.Sequence;
            yield return happened;
        }
    }

    private static ShopEvent Parse(string text, int line, JsonSerializerOptions json)
    {
        try
        {
            return JsonSerializer.Deserialize<ShopEvent>(text, json) ?? throw new JsonException("the line is null");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new ToolException(ExitCode.BadInput, $"line {line}: not an event: {Reason(exception)}", exception);
        }
    }

    // The messages of the serializer name types of this program.
    private static string Reason(Exception exception) => exception switch
    {
        FormatException => "at is not a time",
        JsonException { InnerException: JsonException } => "the line is no JSON",
        JsonException { Path: "$.kind" } => $"kind must be one of {string.Join(", ", Enum.GetNames<EventKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
        JsonException json when json.Message.Split("including: ") is [_, var members, ..] => $"missing required properties: {members.Split(". ")[0].TrimEnd('.').Replace("'", string.Empty, StringComparison.Ordinal)}",
        JsonException { Path: ['$', '.', .. var member] } => $"{member} is invalid",
        JsonException { Path: null } => exception.Message,
        JsonException => "the line is no JSON object",
        _ => exception.Message.ReplaceLineEndings(" "),
    };

    private sealed class TimeConverter(TimeZoneInfo zone) : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString()!;
            var clock = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return clock.Kind is DateTimeKind.Unspecified
                ? new DateTimeOffset(clock, zone.GetUtcOffset(clock))
                : TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), zone);
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
