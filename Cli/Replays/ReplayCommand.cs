using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Scheduling;
using ActorShop.Cli.Shop;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Replays;

/// <summary><c>replay</c>: a merchant's history into the shop, and the shop's figures against it.</summary>
internal sealed class ReplayCommand
{
    private const string OrderBySku = "sku";
    private const string OrderByReference = "reference";

    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(5);

    private readonly ServerOptions _server = new();

    private readonly Argument<string> _file = new("file") { Description = "events.jsonl, plain or gzip; - for standard input." };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Concurrent events, 1 to 256.",
        DefaultValueFactory = static _ => 16,
    };

    private readonly Option<int> _window = new("--window")
    {
        Description = "Events read ahead to find independent ones, 1 to 100000.",
        DefaultValueFactory = static _ => 1024,
    };

    private readonly Option<string> _order = new("--order")
    {
        Description = "What keeps its order: sku (events of one SKU, and an order before what refers to it; the stock then decides as in the "
            + "history) or reference (the latter only; faster, wants more opening stock).",
        DefaultValueFactory = static _ => OrderBySku,
        HelpName = "sku|reference",
    };

    private readonly Option<double> _speed = new("--speed")
    {
        Description = "Seconds of the history per second; 0 for no limit.",
        DefaultValueFactory = static _ => 0,
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "Events at most." };

    private readonly Option<string?> _from = new("--from") { Description = "The invoice to begin with, or #1234 for a sequence.", HelpName = "invoice" };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "A journal: events in it are skipped. It is created if missing.",
        HelpName = "file",
    };

    private readonly Option<string?> _expected = new("--expected")
    {
        Description = "expected-totals.json: figures that the history itself must agree with.",
        HelpName = "file",
    };

    private readonly Option<bool> _ledgers = new("--check-ledgers")
    {
        Description = "Read every stock ledger: deltas against what is on hand, and every refusal against the history in its order.",
    };

    private readonly Option<string?> _report = new("--report") { Description = "Write the outcome, as Markdown or JSON.", HelpName = "file.md|json" };

    private readonly Option<TimeSpan> _lagWait = new("--lag-wait")
    {
        Description = "How long to wait until the reports are complete.",
        DefaultValueFactory = static _ => TimeSpan.FromMinutes(2),
        CustomParser = static result => ServerOptions.ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    private readonly Option<string> _currency = new("--currency")
    {
        Description = "The currency of the history.",
        DefaultValueFactory = static _ => "GBP",
    };

    private ReplayCommand()
    {
        _order.AcceptOnlyFromAmong(OrderBySku, OrderByReference);
        _concurrency.Validators.Add(static result => ServerOptions.CheckRange(result, 1, 256));
        _window.Validators.Add(static result => ServerOptions.CheckRange(result, 1, 100_000));
        _limit.Validators.Add(static result => ServerOptions.CheckRange(result, 1, int.MaxValue));
    }

    public static Command Create(ToolContext context)
    {
        var options = new ReplayCommand();
        var command = new Command(
            "replay",
            "Replays a merchant's history (orders, cancellations, stock adjustments, bad debt) and compares the shop's reports with it to "
            + "the minor unit. After a crash of either side it goes on from its journal and does nothing twice. " + ExitCode.Description)
        {
            options._file, options._concurrency, options._window, options._order, options._speed, options._limit, options._from,
            options._resume, options._expected, options._ledgers, options._report, options._lagWait, options._currency,
        };
        options._server.AddTo(command);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(_file);
        var expected = parsed.GetValue(_expected) is { } stated ? ExpectedTotals.Read(stated) : null;
        var concurrency = parsed.GetValue(_concurrency);
        var pace = new Pace(parsed.GetValue(_from), parsed.GetValue(_limit), parsed.GetValue(_speed));
        var mapping = new EventMapping(parsed.GetRequiredValue(_currency));
        var (source, tally) = (new SourceSums(mapping), new ReplayTally(mapping));
        var events = new List<ShopEvent>();

        await using var input = await InputFile.OpenAsync(path, context, cancellationToken);
        using var journal = Journal<ReplayOutcome>.Open(
            parsed.GetValue(_resume), new JournalHeader("replay", Path.GetFileName(path), _server.Server(parsed).ToString()));
        using var shop = await _server.OpenAsync(parsed, context, concurrency, cancellationToken);
        using var grace = new Grace(GraceTime, context.Clock, cancellationToken);
        var bySku = parsed.GetValue(_order) is OrderBySku;
        var run = new ReplayRun(shop, journal, mapping, tally, _server.Patience(parsed), context.Clock);
        using var scheduler = new DependencyScheduler<ShopEvent>(
            happened => EventMapping.ResourcesOf(happened, bySku), concurrency, Math.Max(parsed.GetValue(_window), concurrency));
        var start = context.Clock.GetTimestamp();
        try
        {
            var selected = NoteAsync(pace.SelectAsync(EventReader.ReadAsync(input, cancellationToken), context.Clock, cancellationToken), source, events, cancellationToken);
            await Watch.RunAsync(context, "events", null, () => tally.Events, () => scheduler.RunAsync(
                selected, happened => run.RunAsync(happened, grace.Token), cancellationToken));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ToolException)
        {
            var hint = parsed.GetValue(_resume) is { } file ? $"--resume {file} goes on from there" : "without --resume nothing was noted";
            await context.Error.WriteLineAsync($"{tally.Events} events are through; {hint}");
            throw;
        }

        var elapsed = context.Clock.GetElapsedTime(start);
        var reports = await ShopReports.ReadAsync(shop, mapping.Currency, parsed.GetValue(_lagWait), context.Clock, cancellationToken);
        var comparison = new ReplayComparison(source, tally, reports, pace.IsWhole && expected is not null ? expected.DifferencesTo(source) : []);
        var differences = new List<string>(comparison.Differences);
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Events:N0} events with {source.Lines:N0} lines in {elapsed.TotalSeconds:N1} s ({tally.Events / elapsed.TotalSeconds:N0} events/s), {shop.Retries:N0} requests repeated.");
        if (parsed.GetValue(_ledgers))
        {
            summary += await CheckLedgersAsync(shop, source, tally, events, bySku, concurrency, differences, context, cancellationToken);
        }

        var report = new ReplayReport(summary, comparison.Tables, differences, tally.Explanations);
        await context.Output.WriteAsync(report.ToText());
        if (parsed.GetValue(_report) is { } target)
        {
            await report.WriteAsync(target, cancellationToken);
        }

        return differences.Count == 0 && tally.Refusals.Count == 0 ? ExitCode.Fine : ExitCode.Differences;
    }

    /// <summary>Reads every stock ledger, and holds refusals and stock against the history in its order where that was kept.</summary>
    /// <returns>What was read, in a sentence; what differs is added to the differences.</returns>
    internal static async Task<string> CheckLedgersAsync(
        ShopClient shop, SourceSums source, ReplayTally tally, IReadOnlyList<ShopEvent> events, bool bySku, int concurrency,
        List<string> differences, ToolContext context, CancellationToken cancellationToken)
    {
        var check = new LedgerCheck(shop);
        await Watch.RunAsync(context, "ledgers", source.Skus.Count, () => check.Checked, () => check.RunAsync(source.Skus, concurrency, cancellationToken));
        differences.AddRange(check.Differences);
        var summary = string.Create(CultureInfo.InvariantCulture, $" {check.Checked:N0} stock ledgers with {check.Entries:N0} entries read.");
        if (!bySku)
        {
            return summary;
        }

        // The order per SKU was kept: the shop may refuse exactly what one hand would have refused.
        var model = new StockModel(check.Opening);
        var mapping = new EventMapping(tally.Currency);
        foreach (var step in events.SelectMany(happened => mapping.StepsOf(happened)))
        {
            var (due, fate) = (model.Take(step), tally.Fates[step.Key]);
            if (due != fate)
            {
                differences.Add($"{step.Key}: {fate}, in the order of the history it is {due}");
            }
        }

        foreach (var (sku, units) in check.OnHand.Where(stock => model.OnHand[stock.Key] != stock.Value))
        {
            differences.Add($"{sku}: {units} on hand, the history leaves {model.OnHand[sku]}");
        }

        return summary + " Refusals and stock were held against the history in its order.";
    }

    private static async IAsyncEnumerable<ShopEvent> NoteAsync(
        IAsyncEnumerable<ShopEvent> selected, SourceSums source, List<ShopEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in selected.WithCancellation(cancellationToken))
        {
            source.Add(happened);
            events.Add(happened);
            yield return happened;
        }
    }
}
