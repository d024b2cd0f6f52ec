using System.CommandLine;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Scheduling;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Imports;

/// <summary><c>import</c>: puts a product catalogue into the shop.</summary>
internal sealed class ImportCommand
{
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(5);

    private const int RefusalsShown = 50;

    private readonly ServerOptions _server = new();

    private readonly Argument<string> _file = new("file") { Description = "The catalogue, plain or gzip; - for standard input." };

    private readonly Option<string?> _format =
        ToolOption.OneOf("--format", "csv or ndjson. Default: by the name of the file.", null, "csv", "ndjson");

    private readonly Option<string?> _map = ToolOption.OneOf(
        "--map", "The format of columns or members. Default: detected in the first row.", null, [.. CatalogueMap.All.Select(static map => map.Name)]);

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read and check all rows without the shop." };

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
            "Puts a product catalogue into the shop: CSV or one JSON object a line, plain or gzip. Rows that cannot be taken are listed "
            + "with line and reason, the rest is imported. Repeating an import changes nothing. " + ExitCode.Description)
        {
            options._file, options._format, options._map, options._dryRun, options._concurrency, options._resume, options._currency,
            options._stockColumn, options._stockFactor,
        };
        options._server.AddTo(command);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(_file);
        await using var input = await InputFile.OpenAsync(path, context, cancellationToken);
        var tally = new ImportTally();
        var map = CatalogueMap.All.FirstOrDefault(map => string.Equals(map.Name, parsed.GetValue(_map), StringComparison.Ordinal));
        var settings = new ImportSettings(parsed.GetRequiredValue(_currency), parsed.GetValue(_stockColumn), parsed.GetValue(_stockFactor));
        var rows = CatalogueReader.ReadAsync(input, Format(parsed, path), map, settings, cancellationToken).Where(tally.Accepts).Cast<RowReading.Accepted>();
        if (parsed.GetValue(_dryRun))
        {
            await foreach (var _ in rows)
            {
                tally.Count(ImportOutcome.Valid);
            }

            return await ReportAsync(context, tally);
        }

        var concurrency = parsed.GetValue(_concurrency);
        using var journal = Journal<ImportEntry>.Open(
            parsed.GetValue(_resume), new JournalHeader("import", Path.GetFileName(path), _server.Server(parsed).ToString()));
        using var shop = await _server.OpenAsync(parsed, context, concurrency, cancellationToken);
        using var grace = new Grace(GraceTime, context.Clock, cancellationToken);
        var run = new ImportRun(shop, journal, tally);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        try
        {
            await Watch.RunAsync(context, "rows imported", null, () => tally.Settled, () => Parallel.ForEachAsync(
                rows, parallel, async (row, _) => await run.RunAsync(row, grace.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ToolException)
        {
            await context.Error.WriteLineAsync(
                $"{tally.Settled} of {tally.Rows} rows read are settled; run it again{(parsed.GetValue(_resume) is null ? string.Empty : " with the same journal")} to go on");
            throw;
        }

        return await ReportAsync(context, tally);
    }

    private CatalogueFormat Format(ParseResult parsed, string path) => parsed.GetValue(_format) switch
    {
        "csv" => CatalogueFormat.Csv,
        "ndjson" => CatalogueFormat.Ndjson,
        _ => InputFile.FormatOf(path) ?? throw new ToolException(
            ExitCode.BadInput, $"the format of '{path}' is unknown: give --format"),
    };

    private static async Task<int> ReportAsync(ToolContext context, ImportTally tally)
    {
        var refused = tally.Refused;
        foreach (var (line, reason) in refused.Take(RefusalsShown))
        {
            await context.Error.WriteLineAsync($"line {line}: {reason}");
        }

        if (refused.Count > RefusalsShown)
        {
            await context.Error.WriteLineAsync($"… and {refused.Count - RefusalsShown} more rows refused");
        }

        await context.Output.WriteAsync(tally.ToTable().ToText());
        await context.Output.WriteLineAsync(
            $"{tally.Rows} rows = {tally.Settled - refused.Count} products + {refused.Count} refused{(tally.IsBalanced ? string.Empty : ": THEY DO NOT ADD UP")}");
        return refused.Count == 0 && tally.IsBalanced ? ExitCode.Fine : ExitCode.Differences;
    }
}
