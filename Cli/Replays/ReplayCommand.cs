using System.CommandLine;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Scheduling;
using ActorShop.Cli.Shop;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Replays;

/// <summary><c>replay</c>: replays a merchant's history and compares the shop's figures with it.</summary>
internal sealed class ReplayCommand
{
    private const string OrderBySku = "sku";
    private const string OrderByReference = "reference";

    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(5);

    private readonly ServerOptions _server = new(keyScopes: "orders, inventory and reports");

    private readonly Argument<string> _file = new("file") { Description = "events.jsonl, plain or gzip; - for standard input." };

    private readonly Option<int> _concurrency = ToolOption.Concurrency("events");

    private readonly Option<int> _window =
        ToolOption.Number("--window", "Events read ahead to find independent ones, 1 to 100000.", 1024, 1, 100_000);

    private readonly Option<string?> _order = ToolOption.OneOf(
        "--order",
        "What keeps its order: sku (events of one SKU, and an order before what refers to it; the stock then decides as in the "
        + "history) or reference (the latter only; faster, wants more opening stock).",
        OrderBySku, OrderBySku, OrderByReference);

    private readonly Option<double> _speed = new("--speed")
    {
        Description = "Seconds of the history per second; 0 for no limit.",
        DefaultValueFactory = static _ => 0,
    };

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "Events at most.",
        Validators = { static result => ToolOption.CheckRange(result, 1, int.MaxValue) },
    };

    private readonly Option<string?> _from = ToolOption.Text("--from", "The invoice to begin with, or #1234 for a sequence.", "invoice");

    private readonly Option<string?> _resume = ToolOption.Resume("events");

    private readonly Option<string?> _expected =
        ToolOption.Text("--expected", "expected-totals.json: figures that the history itself must agree with.", "file");

    private readonly Option<bool> _ledgers = new("--check-ledgers")
    {
        Description = "Read every stock ledger: deltas against what is on hand, and every refusal against the history in its order.",
    };

    private readonly Option<string?> _report = ToolOption.Text("--report", "Write the outcome, as Markdown or JSON.", "file.md|json");

    private readonly Option<TimeSpan> _lagWait =
        ToolOption.Time("--lag-wait", "How long to wait until the reports are complete.", TimeSpan.FromMinutes(2));

    private readonly Option<string> _currency = ToolOption.Currency("The currency of the history.", Currency.IsKnown);

    public static Command Create(ToolContext context)
    {
        var options = new ReplayCommand();
        var command = new Command(
            "replay",
            "Replays a merchant's history (orders, cancellations, stock adjustments, bad debt) and compares the shop's reports with it to "
            + "the minor unit. After a crash of either side it continues from its journal and does nothing twice. " + ExitCode.Description)
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
        var tally = new ReplayTally(mapping);
        var events = new List<ShopEvent>();

        var (input, digest) = await InputFile.OpenWithDigestAsync(path, context, cancellationToken);
        await using var opened = input;
        using var journal = Journal<ReplayOutcome>.Open(
            parsed.GetValue(_resume), new JournalHeader("replay", Path.GetFileName(path), _server.Server(parsed).ToString(), digest));
        using var shop = await _server.OpenAsync(parsed, context, concurrency, cancellationToken);
        using var grace = new Grace(GraceTime, context.Clock, cancellationToken);
        var bySku = parsed.GetValue(_order) is OrderBySku;
        var run = new ReplayRun(shop, journal, mapping, tally, _server.Patience(parsed), context.Clock);
        var scheduler = new DependencyScheduler<ShopEvent>(
            happened => EventMapping.ResourcesOf(happened, bySku), concurrency, Math.Max(parsed.GetValue(_window), concurrency));
        var zone = await ShopReports.TimeZoneAsync(shop, mapping.Currency, cancellationToken);
        var start = context.Clock.GetTimestamp();
        try
        {
            var selected = pace.SelectAsync(EventReader.ReadAsync(input, zone, cancellationToken), context.Clock, cancellationToken).Select(happened =>
            {
                events.Add(happened);
                return happened;
            });
            await Watch.RunAsync(context, "events", null, () => tally.Events, () => scheduler.RunAsync(
                selected, happened => run.RunAsync(happened, grace.Token), cancellationToken));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ToolException)
        {
            var hint = parsed.GetValue(_resume) is { } file ? $"--resume {file} continues from there" : "without --resume the next run starts over";
            await context.Error.WriteLineAsync($"{tally.Events} events are done; {hint}");
            throw;
        }

        var elapsed = context.Clock.GetElapsedTime(start);
        var source = new SourceSums(events, mapping);
        var reports = await ShopReports.ReadAsync(shop, mapping.Currency, parsed.GetValue(_lagWait), context.Clock, cancellationToken);
        var comparison = new ReplayComparison(source, tally, reports, pace.IsWhole && expected is not null ? expected.DifferencesTo(source) : []);
        var differences = new List<string>(comparison.Differences);
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Events:N0} events with {source.Lines:N0} lines in {elapsed.TotalSeconds:N1} s ({tally.Events / elapsed.TotalSeconds:N0} events/s), {shop.Retries:N0} requests repeated.");
        if (parsed.GetValue(_ledgers))
        {
            summary += await CheckLedgersAsync(shop, source, tally, bySku, concurrency, differences, context, cancellationToken);
        }

        var report = new ReplayReport(summary, comparison.Tables, differences, tally.Explanations);
        await context.Output.WriteAsync(report.ToText());
        if (parsed.GetValue(_report) is { } target)
        {
            await report.WriteAsync(target, cancellationToken);
        }

        return differences.Count == 0 && tally.Refusals.Count == 0 ? ExitCode.Fine : ExitCode.Differences;
    }

    /// <summary>Reads every stock ledger and, if the order per SKU was kept, compares refusals and stock with the history in its order.</summary>
    /// <returns>A sentence about what was read; differences are added to <paramref name="differences"/>.</returns>
    internal static async Task<string> CheckLedgersAsync(
        ShopClient shop, SourceSums source, ReplayTally tally, bool bySku, int concurrency, List<string> differences, ToolContext context,
        CancellationToken cancellationToken)
    {
        var check = new LedgerCheck(shop);
        await Watch.RunAsync(context, "ledgers", source.Skus.Count, () => check.Checked, () => check.RunAsync(source.Skus, concurrency, cancellationToken));
        differences.AddRange(check.Differences);
        var summary = string.Create(CultureInfo.InvariantCulture, $" {check.Checked:N0} stock ledgers with {check.Entries:N0} entries read.");
        if (!bySku)
        {
            return summary;
        }

        // The order per SKU was kept: the shop must refuse exactly what the model refuses.
        var model = new StockModel(check.Opening);
        foreach (var step in source.Events.SelectMany(happened => tally.Mapping.StepsOf(happened)))
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

        return summary + " Refusals and stock were compared with the history, in its order.";
    }
}
