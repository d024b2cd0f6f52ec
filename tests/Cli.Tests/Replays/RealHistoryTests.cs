using ActorShop.Cli.Replays;
using ActorShop.Cli.Shop;
using ActorShop.Cli.Testing;

namespace ActorShop.Cli.Tests.Replays;

/// <summary>
/// Goal: the mapping neither loses nor invents a penny of a real merchant's year. Method: sums of what the steps would book are held
/// against the figures stated beside the history, without any shop.
/// </summary>
public sealed class RealHistoryTests
{
    private const string Uci = "uci-online-retail";

    private readonly EventMapping _mapping = new("GBP");

    [RealDataFact]
    public async Task History_SaysWhatIsStatedBesideIt()
    {
        var sums = new SourceSums(_mapping);
        foreach (var happened in await ReadAsync())
        {
            sums.Add(happened);
        }

        ExpectedTotals.Read(RealData.PathOf(Uci, "expected-totals.json")).DifferencesTo(sums).ShouldBeEmpty();
    }

    // The one difference that minor units make: four lines at a tenth of a penny become nothing.
    [RealDataFact]
    public async Task Rounding_MovesTheYearByFourTenthsOfAPenny_InFourLines()
    {
        var sums = new SourceSums(_mapping);
        foreach (var happened in await ReadAsync())
        {
            sums.Add(happened);
        }

        sums.Rounding.ShouldBe(-0.4m);
        sums.RoundedLines.Select(static line => (line.Invoice, line.Month, line.Sku, line.Difference)).ShouldBe([
            ("550193", "2011-04", "PADS", -0.1m), ("561226", "2011-07", "PADS", -0.1m),
            ("568200", "2011-09", "PADS", -0.1m), ("568375", "2011-09", "BANK CHARGES", -0.1m)]);
    }

    [RealDataFact]
    public async Task Steps_BookTheYear_ToThePenny()
    {
        var (tally, sums) = (new ReplayTally(_mapping), new SourceSums(_mapping));
        foreach (var happened in await ReadAsync())
        {
            sums.Add(happened);
            tally.Add(happened, [.. _mapping.StepsOf(happened).Select(static step => (step, Accepted(step)))]);
        }

        var year = tally.Total;
        year.Gross.ShouldBe(1_065_562_248);
        (year.Refunded + year.Credited).ShouldBe(89_681_249);
        year.Entries.ShouldBe(-1_106_206);
        year.Net.ShouldBe(974_774_793);
        ((decimal)year.Net).ShouldBe(Currencies.ToMinor(sums.Net, "GBP") + sums.Rounding);
        (year.Orders, year.Lines, year.ReturnLines).ShouldBe((19_959, 530_503, 9_288));
        (tally.Went.RefundedLines, tally.Went.UnmatchedLines).ShouldBe((7_471, 1_817));
        foreach (var (month, due) in sums.Months)
        {
            ((decimal)tally.Months[month].Net).ShouldBe(
                Currencies.ToMinor(due.Net, "GBP") + sums.RoundedLines.Where(line => string.Equals(line.Month, month, StringComparison.Ordinal)).Sum(static line => line.Difference), month);
        }
    }

    [RealDataFact]
    public async Task OpeningStock_AsTheCatalogueStatesIt_RefusesNothing_AndLessOfItSomething()
    {
        var events = await ReadAsync();
        var needed = await OpeningAsync();

        Refusals(events, needed).ShouldBe(0);
        Refusals(events, needed.ToDictionary(static sku => sku.Key, static sku => (long)Math.Ceiling(sku.Value * 0.8m), StringComparer.Ordinal)).ShouldBeGreaterThan(100);
    }

    [RealDataFact]
    public async Task Keys_OfAllSteps_Differ()
    {
        var keys = (await ReadAsync()).SelectMany(happened => _mapping.StepsOf(happened)).Select(static step => step.Key).ToArray();

        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Length);
    }

    private int Refusals(IEnumerable<ShopEvent> events, Dictionary<string, long> opening)
    {
        var model = new StockModel(opening);
        return events.SelectMany(happened => _mapping.StepsOf(happened)).Count(step => model.Take(step) is ReplayFate.Refused);
    }

    private static ReplayOutcome Accepted(ReplayStep step) => step switch
    {
        ReplayStep.Refund refund => new(step.Key, ReplayFate.Done, "ord", refund.Total),
        ReplayStep.CreditNote note => new(step.Key, ReplayFate.Done, Credited: note.Total),
        _ => new(step.Key, ReplayFate.Done, "ord"),
    };

    private static async Task<List<ShopEvent>> ReadAsync()
    {
        using var context = new ToolContext(TextWriter.Null, TextWriter.Null, Stream.Null, null, TimeProvider.System);
        await using var input = await Cli.Imports.InputFile.OpenAsync(RealData.PathOf(Uci, "events.jsonl.gz"), context, CancellationToken.None);
        var events = new List<ShopEvent>();
        await foreach (var happened in EventReader.ReadAsync(input, CancellationToken.None))
        {
            events.Add(happened);
        }

        return events;
    }

    private static async Task<Dictionary<string, long>> OpeningAsync()
    {
        var file = RealData.PathOf(Uci, "derived-catalogue.csv.gz");
        using var context = new ToolContext(TextWriter.Null, TextWriter.Null, Stream.Null, null, TimeProvider.System);
        await using var input = await Cli.Imports.InputFile.OpenAsync(file, context, CancellationToken.None);
        var opening = new Dictionary<string, long>(StringComparer.Ordinal);
        var settings = new Cli.Imports.ImportSettings("GBP", "InitialStockNeeded", 1);
        await foreach (var row in Cli.Imports.CatalogueReader.ReadAsync(input, Cli.Imports.CatalogueFormat.Csv, null, settings, CancellationToken.None))
        {
            var variant = row.ShouldBeOfType<Cli.Imports.RowReading.Accepted>().Product.Variants[0];
            if (variant.Policy is Cli.Imports.CatalogueVariant.Tracked)
            {
                opening[variant.Sku] = variant.OpeningStock;
            }
        }

        return opening;
    }
}
