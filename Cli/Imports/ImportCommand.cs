using System.CommandLine;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Scheduling;
using ActorShop.Cli.Terminal;
using ActorShop.Import;

namespace ActorShop.Cli.Imports;

/// <summary><c>import</c>: puts a product catalogue into the shop.</summary>
internal sealed class ImportCommand
{
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(5);

    private const int RefusalsShown = 50;

    private const int NotedLines = 10;

    private readonly ServerOptions _server = new(keyScopes: "catalog and inventory");

    private readonly Argument<string> _file = new("file") { Description = "The catalogue, plain or gzip; - for standard input." };

    private readonly Option<string?> _format =
        ToolOption.OneOf("--format", "csv or ndjson. Default: by the name of the file.", null, "csv", "ndjson");

    private readonly Option<string?> _map = ToolOption.OneOf(
        "--map", "Whose columns or members the file has. Default: detected from their names.", null, [.. CatalogueReader.Maps]);

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Let the shop check all rows, and change nothing." };

    private readonly Option<string?> _delimiter = ToolOption.Text("--delimiter", "The separator of CSV: one character, or tab. Default: detected.", "character");

    private readonly Option<string?> _encoding = ToolOption.Text(
        "--encoding", "The encoding of a file without a byte order mark, such as windows-1252. Default: utf-8.", "name");

    private readonly Option<string?> _decimal = ToolOption.OneOf(
        "--decimal", "The mark before the decimals. Default: judged from all numbers of the file.", null, "point", "comma");

    private readonly Option<bool> _ignoreColumns = new("--ignore-columns") { Description = "Leave out columns that the map does not know." };

    private readonly Option<bool> _clearEmpty = new("--clear-empty") { Description = "An empty cell clears the value. Default: it keeps the value." };

    private readonly Option<bool> _allowFree = new("--allow-free") { Description = "Take prices of zero for products on sale." };

    private readonly Option<bool> _salePrices = new("--sale-prices") { Description = "Import sale prices in place of regular ones (woo, magento)." };

    private readonly Option<bool> _restore = new("--restore-archived") { Description = "Put archived products of the file on sale again." };

    private readonly Option<int> _concurrency = ToolOption.Concurrency("products");

    private readonly Option<string?> _resume = ToolOption.Resume("rows");

    private readonly Option<string> _currency = ToolOption.Currency("The currency of prices without one.", Currency.Exists);

    private readonly Option<string?> _stockColumn = ToolOption.Text(
        "--opening-stock-column", "The column or member with the opening stock. Default: aws current_stock, own stock, uci and eshop none.", "name");

    private readonly Option<decimal> _stockFactor =
        ToolOption.Number("--stock-factor", "What opening stock is multiplied by, rounded up to whole units.", 1m, 0m, 1000m);

    public static Command Create(ToolContext context)
    {
        var options = new ImportCommand();
        var command = new Command(
            "import",
            "Puts a product catalogue into the shop: CSV or one JSON object a line, plain or gzip. What a file does not name stays as it is. "
            + "Rows that cannot be taken are listed with line and reason, the rest is imported. Repeating an import changes nothing. "
            + ExitCode.Description)
        {
            options._file, options._format, options._map, options._dryRun, options._delimiter, options._encoding, options._decimal,
            options._ignoreColumns, options._clearEmpty, options._allowFree, options._salePrices, options._restore, options._concurrency,
            options._resume, options._currency, options._stockColumn, options._stockFactor,
        };
        options._server.AddTo(command);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(_file);
        var catalogue = await ReadAsync(parsed, path, context, cancellationToken);
        var tally = new ImportTally(catalogue);
        var plan = new ImportPlan(parsed.GetValue(_dryRun), parsed.GetValue(_restore));
        var concurrency = parsed.GetValue(_concurrency);
        using var journal = Journal<ImportEntry>.Open(
            parsed.GetValue(_resume), new JournalHeader("import", Path.GetFileName(path), _server.Server(parsed).ToString()));
        using var shop = await _server.OpenAsync(parsed, context, concurrency, cancellationToken);
        using var grace = new Grace(GraceTime, context.Clock, cancellationToken);
        var run = new ImportRun(shop, journal, tally, plan);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        try
        {
            await run.LoadAsync(cancellationToken);
            await Watch.RunAsync(context, plan.IsDry ? "rows checked" : "rows imported", tally.Rows, () => tally.Settled, () => Parallel.ForEachAsync(
                catalogue.Items.OfType<CatalogueItem.Accepted>(), parallel, async (item, _) => await run.RunAsync(item, grace.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ToolException && (tally.HasImported || exception is not ToolException { ExitCode: ExitCode.BadInput }))
        {
            await context.Error.WriteLineAsync(
                $"{tally.Settled} of {tally.Rows} rows are settled; run it again{(parsed.GetValue(_resume) is null ? string.Empty : " with the same journal")} to go on");
            throw;
        }

        if (catalogue.AssumesCurrency && parsed.GetResult(_currency) is not { Implicit: false })
        {
            await context.Error.WriteLineAsync($"note: prices name no currency; {parsed.GetValue(_currency)} is assumed (--currency)");
        }

        await ReportAsync(context, catalogue, tally, plan.IsDry);
        return tally.Refused.Count == 0 && tally.IsBalanced ? ExitCode.Fine : ExitCode.Differences;
    }

    private async Task<Catalogue> ReadAsync(ParseResult parsed, string path, ToolContext context, CancellationToken cancellationToken)
    {
        var settings = new ImportSettings(parsed.GetRequiredValue(_currency), parsed.GetValue(_stockColumn), parsed.GetValue(_stockFactor))
        {
            Map = parsed.GetValue(_map),
            Delimiter = parsed.GetValue(_delimiter) switch
            {
                null => null,
                "tab" or "\\t" => '\t',
                [var c] when char.IsAscii(c) => c,
                _ => throw new ToolException(ExitCode.BadInput, "--delimiter must be one ASCII character, or tab"),
            },
            Encoding = parsed.GetValue(_encoding) is { } name
                ? ImportEncoding.Find(name) ?? throw new ToolException(ExitCode.BadInput, $"--encoding '{name}' is unknown")
                : null,
            DecimalMark = parsed.GetValue(_decimal) switch { "point" => DecimalMark.Point, "comma" => DecimalMark.Comma, _ => null },
            IgnoreColumns = parsed.GetValue(_ignoreColumns),
            ClearEmpty = parsed.GetValue(_clearEmpty),
            AllowFree = parsed.GetValue(_allowFree),
            UseSalePrices = parsed.GetValue(_salePrices),
        };
        try
        {
            await using var input = await InputFile.OpenAsync(path, context, cancellationToken);
            return await CatalogueReader.ReadAsync(input, Format(parsed, path), settings, cancellationToken);
        }
        catch (ImportException refusal)
        {
            throw new ToolException(
                ExitCode.BadInput, $"{path}: {refusal.Message}{(refusal.Option is null ? string.Empty : $" (--{refusal.Option})")}", refusal);
        }
    }

    private CatalogueFormat Format(ParseResult parsed, string path) => parsed.GetValue(_format) switch
    {
        "csv" => CatalogueFormat.Csv,
        "ndjson" => CatalogueFormat.Ndjson,
        null when Path.GetExtension(path).ToLowerInvariant() is ".xlsx" or ".xlsm" or ".xls" => throw new ToolException(
            ExitCode.BadInput, $"{path}: this is an Excel file: save it as CSV"),
        _ => InputFile.FormatOf(path) ?? throw new ToolException(
            ExitCode.BadInput, $"the format of '{path}' is unknown: give --format"),
    };

    private static async Task ReportAsync(ToolContext context, Catalogue catalogue, ImportTally tally, bool isDry)
    {
        if (!catalogue.LeftOutColumns.IsEmpty)
        {
            await context.Error.WriteLineAsync($"note: map {catalogue.Map}; columns that are not imported: {string.Join(", ", catalogue.LeftOutColumns)}");
        }

        var notes = catalogue.Notes.Concat(catalogue.Items.OfType<CatalogueItem.LeftOut>().Select(static row => new Note(row.Line, $"left out: {row.Reason}")));
        foreach (var note in notes.GroupBy(static note => note.Text, StringComparer.Ordinal))
        {
            var lines = note.Take(NotedLines).Select(static one => one.Detail.Length == 0 ? $"{one.Line}" : $"{one.Line} ({one.Detail})");
            var rest = note.Count() > NotedLines ? $" and {note.Count() - NotedLines} more" : string.Empty;
            await context.Error.WriteLineAsync($"note: {note.Key}: line {string.Join(", ", lines)}{rest}");
        }

        if (tally.WithoutStock > 0)
        {
            await context.Error.WriteLineAsync(
                $"note: {tally.WithoutStock} new {(tally.WithoutStock == 1 ? "SKU has" : "SKUs have")} no stock and cannot be bought yet: "
                + "add a column stock, or set the policy to untracked");
        }

        var refused = tally.Refused;
        foreach (var (line, reason, others) in refused.Take(RefusalsShown))
        {
            await context.Error.WriteLineAsync($"line {line}: {reason}{(others.IsEmpty ? string.Empty : $" (with {Lines(others)}, of the same product)")}");
        }

        if (refused.Skip(RefusalsShown).Sum(static row => 1 + row.Others.Length) is > 0 and var more)
        {
            await context.Error.WriteLineAsync($"… and {more} more rows refused");
        }

        await context.Output.WriteAsync(tally.ToTable(isDry).ToText());
        await context.Output.WriteLineAsync(tally.Summary());
    }

    /// <summary>Lines in ascending order, as people write them: <c>lines 21-24, 30</c>.</summary>
    private static string Lines(ImmutableArray<int> lines)
    {
        var spans = new List<(int First, int Last)>();
        foreach (var line in lines)
        {
            if (spans is [.., var span] && span.Last == line - 1)
            {
                spans[^1] = (span.First, line);
            }
            else
            {
                spans.Add((line, line));
            }
        }

        var texts = spans.Select(static span => span.First == span.Last ? $"{span.First}" : $"{span.First}-{span.Last}");
        return $"{(lines.Length == 1 ? "line" : "lines")} {string.Join(", ", texts)}";
    }
}
