using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>Reads a history, one JSON object a line. An invalid line ends it: a gap would falsify every sum.</summary>
internal static class EventReader
{
    // Characters of a line: more than the largest document has, so that a file without line breaks does not fill the memory.
    private const int MaxLine = 16 * 1024 * 1024;

    // Units of a line and major units of a document: below these, no sum in minor units overflows.
    private const int MaxQuantity = 1_000_000_000;
    private const decimal MaxValue = 1_000_000_000_000m;

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
        var line = 0;
        await foreach (var text in LinesAsync(reader, cancellationToken))
        {
            line++;
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

    private static async IAsyncEnumerable<string> LinesAsync(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new char[64 * 1024];
        var text = new StringBuilder();
        var lines = 0;
        while (await reader.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            for (var start = 0; start < read;)
            {
                var end = Array.IndexOf(block, '\n', start, read - start);
                text.Append(block, start, (end < 0 ? read : end) - start);
                if (text.Length > MaxLine)
                {
                    throw new ToolException(ExitCode.BadInput, $"line {lines + 1}: the line is longer than 16 MiB");
                }

                if (end < 0)
                {
                    break;
                }

                start = end + 1;
                lines++;
                yield return text.ToString();
                text.Clear();
            }
        }

        if (text.Length > 0)
        {
            yield return text.ToString();
        }
    }

    private static ShopEvent Parse(string text, int line, JsonSerializerOptions json)
    {
        try
        {
            var happened = JsonSerializer.Deserialize<ShopEvent>(text, json) ?? throw new JsonException("the line is null");
            return Refusal(happened) is { } refusal ? throw new JsonException(refusal) : happened;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or OverflowException)
        {
            throw new ToolException(ExitCode.BadInput, $"line {line}: not an event: {Reason(exception)}", exception);
        }
    }

    // Invoices are keys of requests: a header has them.
    private static string? Refusal(ShopEvent happened) =>
        happened.Lines.IsDefault || happened.Lines.Contains(null!) ? "lines is null or has null"
        : !Ascii.IsValid(happened.Invoice) || happened.Invoice.Any(char.IsControl) ? "invoice has other characters than printable ASCII"
        : happened.Lines.Any(static line => line.Reference is { } order && (!Ascii.IsValid(order) || order.Any(char.IsControl))) ? "ref has other characters than printable ASCII"
        : happened.Lines.Any(static line => line.Quantity is < -MaxQuantity or > MaxQuantity) ? $"qty is beyond {MaxQuantity}"
        : happened.Lines.Any(static line => Math.Abs(line.Price) > MaxValue) || happened.Lines.Sum(static line => Math.Abs(line.Value)) > MaxValue ? "the value is too large"
        : null;

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
            var text = reader.GetString() ?? throw new JsonException("at is null");
            var clock = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return clock.Kind is DateTimeKind.Unspecified
                ? new DateTimeOffset(clock, zone.GetUtcOffset(clock))
                : TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), zone);
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
