using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ActorShop.Cli.Replays;

/// <summary>Reads a history, one JSON object a line. Unlike a catalogue it is taken whole or not at all: a hole would falsify every sum.</summary>
internal static class EventReader
{
    /// <summary>The events in the order of the file.</summary>
    /// <exception cref="ToolException">A line cannot be read, or comes before an earlier one.</exception>
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
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new ShopEvent(
                root.GetProperty("seq").GetInt32(),
                KindOf(root.GetProperty("kind").GetString()),
                root.GetProperty("invoice").GetString()!,
                DateTimeOffset.Parse(
                    root.GetProperty("at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                TextOf(root, "customer"),
                [.. root.GetProperty("lines").EnumerateArray().Select(ParseLine)]);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new ToolException(ExitCode.BadInput, $"line {line}: not an event: {exception.Message}", exception);
        }
    }

    private static EventLine ParseLine(JsonElement line) => new(
        line.GetProperty("sku").GetString()!,
        line.GetProperty("qty").GetInt32(),
        decimal.Parse(
            line.GetProperty("price").GetString()!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
        TextOf(line, "ref"),
        TextOf(line, "note"));

    private static EventKind KindOf(string? kind) => kind switch
    {
        "order" => EventKind.Order,
        "cancellation" => EventKind.Cancellation,
        "stock_adjustment" => EventKind.StockAdjustment,
        "bad_debt" => EventKind.BadDebt,
        _ => throw new FormatException($"unknown kind '{kind}'"),
    };

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
