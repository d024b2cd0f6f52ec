using System.Runtime.CompilerServices;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Replays;
using ActorShop.Cli.Scheduling;
using ActorShop.Cli.Shop;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Traffic;

/// <summary>A merchant's real history, taken to the shop event by event for as long as a run lasts, and held against the shop's reports in the end.</summary>
/// <remarks>What it does is what <c>replay</c> does, with the order per SKU kept: so what must be refused is known, and every total to the penny.</remarks>
internal sealed class OrderDesk : IDisposable
{
    private const int Concurrency = 8;
    private const int Window = 64;

    private static readonly TimeSpan LagPatience = TimeSpan.FromMinutes(2);

    private readonly ToolContext _context;
    private readonly ShopClient _shop;
    private readonly Journal<ReplayOutcome> _journal;
    private readonly EventMapping _mapping = new(ShopCall.Currency);
    private readonly ReplayTally _tally;
    private readonly List<ShopEvent> _events = [];
    private readonly TimeSpan _patience;
    private string? _trouble;

    /// <summary>A desk.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="journal">Where outcomes are written down; a file.</param>
    /// <param name="patience">How long an order may take to settle.</param>
    /// <param name="context">Files, and the time.</param>
    public OrderDesk(ShopClient shop, string journal, TimeSpan patience, ToolContext context)
    {
        (_shop, _patience, _context) = (shop, patience, context);
        _tally = new ReplayTally(_mapping);
        _journal = Journal<ReplayOutcome>.Open(journal, new JournalHeader("chaos", "history", shop.Server.ToString()));
    }

    /// <summary>Events that are through.</summary>
    public long Events => _tally.Events;

    /// <summary>What was through, in a line.</summary>
    public string Summary { get; private set; } = "no history";

    /// <summary>Takes events to the shop until it is over, or the history is.</summary>
    /// <param name="path">The history.</param>
    /// <param name="isOver">Whether to begin no more.</param>
    /// <param name="tell">Told if it has to end before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(string path, Func<bool> isOver, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var input = await InputFile.OpenAsync(path, _context, cancellationToken);
        var run = new ReplayRun(_shop, _journal, _mapping, _tally, _patience, _context.Clock);
        var scheduler = new DependencyScheduler<ShopEvent>(
            static happened => EventMapping.ResourcesOf(happened, bySku: true), Concurrency, Window);
        try
        {
            await scheduler.RunAsync(
                UntilAsync(EventReader.ReadAsync(input, TimeZoneInfo.Utc, cancellationToken), isOver, cancellationToken),
                happened => run.RunAsync(happened, cancellationToken),
                cancellationToken);
        }
        catch (ToolException trouble)
        {
            // What follows in the history cannot be judged without what is missing.
            _trouble = trouble.Message;
            tell($"the replay stops: {trouble.Message}");
        }
    }

    /// <summary>Holds the shop's reports and ledgers against what was taken to it.</summary>
    /// <returns>What differs.</returns>
    public async Task<IReadOnlyList<string>> CompareAsync(CancellationToken cancellationToken)
    {
        if (_trouble is not null)
        {
            return [_trouble];
        }

        var reports = await ShopReports.ReadAsync(_shop, ShopCall.Currency, LagPatience, _context.Clock, cancellationToken);

        var source = new SourceSums(_events, _mapping);

        // Customers of this day bought as well; the history is of other months, and of other SKUs.
        var own = reports with
        {
            Months = reports.Months.Where(month => _tally.Months.ContainsKey(month.Key)).ToDictionary(StringComparer.Ordinal),
            Units = [.. reports.Units.Where(seller => source.Skus.Contains(seller.Sku))],
        };
        var differences = new List<string>(new ReplayComparison(source, _tally, own, []).Differences);
        var ledgers = await ReplayCommand.CheckLedgersAsync(
            _shop, source, _tally, bySku: true, Concurrency, differences, _context, cancellationToken);
        Summary = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{_tally.Events:N0} documents with {source.Lines:N0} lines, {_tally.Total.Orders:N0} orders of {MinorUnits.Show(_tally.Total.Gross, ShopCall.Currency)} in all.{ledgers}");
        return differences;
    }

    public void Dispose() => _journal.Dispose();

    private async IAsyncEnumerable<ShopEvent> UntilAsync(
        IAsyncEnumerable<ShopEvent> events, Func<bool> isOver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in events.WithCancellation(cancellationToken))
        {
            if (isOver())
            {
                yield break;
            }

            _events.Add(happened);
            yield return happened;
        }
    }
}
