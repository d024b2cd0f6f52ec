using System.Text.RegularExpressions;
using CsvHelper;

namespace ActorShop.Import;

/// <summary>Reads CSV with a header. A row that is malformed is refused alone, and the next one is read.</summary>
internal static partial class CsvSource
{
    // More than any export has. The cost of a row is its columns, even of empty cells.
    private const int MaxColumns = 1000;

    /// <exception cref="ImportException">The header is invalid, or a record is too long: an open quotation mark takes the rest of the file.</exception>
    public static SourceFile Read(string text, ReadingContext context)
    {
        try
        {
            return ReadRows(text, context);
        }
        catch (CsvFormatException exception)
        {
            throw new ImportException($"line {Math.Max(1, exception.LineNumber)}: a quotation mark is not closed, or the row is longer than 1 MiB");
        }
    }

    private static SourceFile ReadRows(string text, ReadingContext context)
    {
        // The reader reports a malformed record before it returns its best guess of it; a guess is not a product.
        (long Line, CsvMalformedReason Reason)? malformed = null;
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = context.Settings.Delimiter,
            TrackLineNumbers = true,
            MaxRecordSize = SourceText.MaxRecord,
            OnMalformedRecord = record => malformed ??= (record.LineNumber, record.Reason),
        });
        reader.ReadHeader();
        string[] header = [.. reader.Headers.Select(name => context.NameOf(Unwrapped(name).Trim()))];
        if (Array.Exists(header, static name => name.Contains(SourceText.Damage, StringComparison.Ordinal)))
        {
            throw new ImportException($"line 1: {SourceText.DamageReason}");
        }

        if (header.Length > MaxColumns)
        {
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"line 1: the header has {header.Length:N0} columns, and the limit is {MaxColumns:N0}"));
        }

        var columns = new List<string>(header.Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal));
        var rows = new List<SourceRow>();
        while (reader.Read())
        {
            var line = (int)reader.LineNumber;
            string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
            var damage = malformed?.Line == line ? malformed.Value.Reason : (CsvMalformedReason?)null;
            malformed = null;
            if (Refusal(cells, header.Length, damage, context.Settings) is { } refusal)
            {
                context.Refuse(line, refusal);
            }
            else if (Array.Exists(cells, static cell => !string.IsNullOrWhiteSpace(cell)))
            {
                rows.Add(Row(line, header, cells, columns, context));
            }
        }

        return new SourceFile(rows, columns, [.. header.Where(static name => name.Length > 0).GroupBy(static name => name, StringComparer.Ordinal)
            .Where(static group => group.Count() > 1).Select(static group => group.Key)]);
    }

    private static string? Refusal(string[] cells, int columns, CsvMalformedReason? damage, ImportSettings settings) => damage switch
    {
        // ="00123" keeps the zeros of a text in a spreadsheet; written without more quotation marks it is readable all the same.
        CsvMalformedReason.StrayQuote when Array.TrueForAll(cells, static cell => !cell.Contains('"', StringComparison.Ordinal) || Formula().IsMatch(cell)) =>
            Refusal(cells, columns, null, settings),
        CsvMalformedReason.UnterminatedQuote => "a quotation mark is never closed: the rest of the file belongs to this row",
        CsvMalformedReason.TextAfterClosingQuote => "there is text after a closing quotation mark",
        not null => "there is a quotation mark in the middle of a field",
        _ when Array.Exists(cells, static cell => cell.Contains(SourceText.Damage, StringComparison.Ordinal)) => SourceText.DamageReason,
        _ when cells.Length < columns && Array.Exists(cells, static cell => !string.IsNullOrWhiteSpace(cell)) || cells.Skip(columns).Any(static cell => !string.IsNullOrWhiteSpace(cell)) =>
            $"the row has {cells.Length} fields, the header {columns}",
        _ => null,
    };

    private static SourceRow Row(int line, string[] header, string[] cells, List<string> columns, ReadingContext context)
    {
        var members = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (index, name) in header.Index())
        {
            // An empty cell takes no memory: it says nothing, unless it clears the value.
            var cell = Unwrapped(cells[index]);
            var isEmpty = string.IsNullOrWhiteSpace(cell);
            if (name.Length > 0)
            {
                if (!isEmpty || context.Settings.ClearEmpty)
                {
                    members.TryAdd(name, cell);
                }
            }
            else if (!isEmpty)
            {
                // A column without a name matters only if it has values.
                var unnamed = $"column {index + 1} (without a name)";
                members.TryAdd(unnamed, cell);
                if (!columns.Contains(unnamed, StringComparer.Ordinal))
                {
                    columns.Add(unnamed);
                }
            }
        }

        return new SourceRow(line, JsonSerializer.SerializeToElement(members), context, isCsv: true);
    }

    private static string Unwrapped(string cell) => Formula().Match(cell) is { Success: true } match ? match.Groups["text"].Value : cell;

    [GeneratedRegex("^=\"(?<text>[^\"]*)\"$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Formula();
}
