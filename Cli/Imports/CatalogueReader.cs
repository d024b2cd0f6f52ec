using System.Runtime.CompilerServices;
using CsvHelper;

namespace ActorShop.Cli.Imports;

/// <summary>Reads a catalogue row by row. A row that is invalid is refused alone, and the next one is read.</summary>
internal static class CatalogueReader
{
    // More than a valid row has: an open quotation mark must not fill the memory.
    private const int MaxRecord = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads all rows in the order of the file, plain text in UTF-8. Without a map, the members of the first row choose it.</summary>
    /// <exception cref="ToolException">The file is not a known catalogue.</exception>
    public static async IAsyncEnumerable<RowReading> ReadAsync(
        Stream input, CatalogueFormat format, CatalogueMap? map, ImportSettings settings,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rules = new CatalogueRules();
        var rows = format is CatalogueFormat.Csv ? CsvRowsAsync(input, cancellationToken) : JsonRowsAsync(input, cancellationToken);
        await foreach (var (line, row, reason) in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row is null)
            {
                yield return new RowReading.Refused(line, reason!);
                continue;
            }

            map ??= CatalogueMap.Recognise(row) ?? throw new ToolException(
                ExitCode.BadInput,
                $"line {line}: none of the known catalogues has the members {string.Join(", ", row.Names)}; "
                + $"at least name, sku and price are needed (--map {string.Join('|', CatalogueMap.All.Select(static known => known.Name))})");
            yield return Read(line, row, map, rules, settings);
        }
    }

    private static RowReading Read(int line, SourceRow row, CatalogueMap map, CatalogueRules rules, ImportSettings settings)
    {
        try
        {
            var product = map.Map(row, settings);
            return rules.Refusal(product, line) is { } refusal
                ? new RowReading.Refused(line, refusal)
                : new RowReading.Accepted(line, product);
        }
        catch (RowException exception)
        {
            return new RowReading.Refused(line, exception.Message);
        }
    }

    private static async IAsyncEnumerable<(int Line, SourceRow? Row, string? Reason)> JsonRowsAsync(
        Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        for (var line = 1; await reader.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return ParseJson(line, text);
            }
        }
    }

    private static (int Line, SourceRow? Row, string? Reason) ParseJson(int line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? (line, new SourceRow(document.RootElement.Clone()), null)
                : (line, null, "the line is no JSON object");
        }
        catch (JsonException exception)
        {
            return (line, null, $"the line is no JSON: {FirstSentence(exception.Message)}");
        }
    }

    private static async IAsyncEnumerable<(int Line, SourceRow? Row, string? Reason)> CsvRowsAsync(
        Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The reader reports a malformed record before it returns its best guess of it; a guess is not a product.
        (long Line, CsvMalformedReason Reason)? malformed = null;
        await using var reader = CsvReader.Create(input, new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecord,
            OnMalformedRecord = record => malformed ??= (record.LineNumber, record.Reason),
        });
        await reader.ReadHeaderAsync(cancellationToken);
        string[] header = [.. reader.Headers.Select(static name => name.Trim())];
        if (header.Distinct(StringComparer.Ordinal).Count() < header.Length)
        {
            throw new ToolException(ExitCode.BadInput, "line 1: two columns have the same name");
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            var line = (int)reader.LineNumber;
            if (malformed?.Line == line)
            {
                yield return (line, null, Words(malformed.Value.Reason));
                malformed = null;
            }
            else if (reader.FieldCount != header.Length)
            {
                yield return (line, null, $"the row has {reader.FieldCount} fields, the header {header.Length}");
            }
            else
            {
                var fields = new OrderedDictionary<string, string>(header.Select((name, i) => KeyValuePair.Create(name, reader.GetString(i))), StringComparer.Ordinal);
                yield return (line, new SourceRow(JsonSerializer.SerializeToElement(fields), isCsv: true), null);
            }
        }
    }

    private static string Words(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "a quotation mark is never closed: the rest of the file belongs to this row",
        CsvMalformedReason.TextAfterClosingQuote => "there is text after a closing quotation mark",
        _ => "there is a quotation mark in the middle of a field",
    };

    private static string FirstSentence(string text) => text.Split(". ", 2)[0].TrimEnd('.');
}
