using ActorShop.Cli.Replays;
using ActorShop.Cli.Shop;
using ActorShop.Cli.Testing;
using ActorShop.Import;

namespace ActorShop.Cli.Tests.Replays;

/// <summary>
/// Goal: the mapping neither loses nor adds a penny in a real merchant's year. Method: the sums that the steps book are compared with the
/// published figures, without a shop.
/// </summary>
public sealed class RealHistoryTests
{
    private const string Uci = "uci-online-retail";

    private readonly EventMapping _mapping = new("GBP");

    [RealDataFact]
    public async Task History_HasThePublishedTotals()
    {
        var sums = new SourceSums(await ReadAsync(), _mapping);

        ExpectedTotals.Read(RealData.PathOf(Uci, "expected-totals.json")).DifferencesTo(sums).ShouldBeEmpty();
    }

    // The only difference that minor units make: four lines at a tenth of a penny become zero.
    [RealDataFact]
    public async Task Rounding_MovesTheYearByFourTenthsOfAPenny_InFourLines()
    {
        var sums = new SourceSums(await ReadAsync(), _mapping);

        sums.RoundedLines.Sum(static line => line.Difference).ShouldBe(-0.4m);
        sums.RoundedLines.Select(static line => (line.Invoice, line.Month, line.Sku, line.Difference)).ShouldBe([
            ("550193", "2011-04", "PADS", -0.1m), ("561226", "2011-07", "PADS", -0.1m),
            ("568200", "2011-09", "PADS", -0.1m), ("568375", "2011-09", "BANK CHARGES", -0.1m)]);
    }

    [RealDataFact]
    public async Task Steps_BookTheYear_ToThePenny()
    {
        var events = await ReadAsync();
        var (tally, sums) = (new ReplayTally(_mapping), new SourceSums(events, _mapping));
        foreach (var happened in events)
        {
            tally.Add(happened, [.. _mapping.StepsOf(happened).Select(static step => (step, Accepted(step)))]);
        }

        var year = tally.Total;
        year.Gross.ShouldBe(1_065_562_248);
        (year.Refunded + year.Credited).ShouldBe(89_681_249);
        year.Entries.ShouldBe(-1_106_206);
        year.Net.ShouldBe(974_774_793);
        ((decimal)year.Net).ShouldBe(MinorUnits.Of(sums.Net, "GBP") + sums.RoundedLines.Sum(static line => line.Difference));
        (year.Orders, year.Lines, year.ReturnLines).ShouldBe((19_959, 530_503, 9_288));
        (tally.Went(Destination.Refunded).Count, tally.Went(Destination.Unmatched).Count).ShouldBe((7_471, 1_817));
        foreach (var (month, due) in sums.Months)
        {
            ((decimal)tally.Months[month].Net).ShouldBe(
                MinorUnits.Of(due.Net, "GBP") + sums.RoundedLines.Where(line => string.Equals(line.Month, month, StringComparison.Ordinal)).Sum(static line => line.Difference), month);
        }
    }

    [RealDataFact]
    public async Task OpeningStockOfTheCatalogue_RefusesNothing_AndLessRefusesSome()
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
        ReplayStep.Refund refund => new(step.Key, ReplayFate.Done, "ord", ReplayItem.Total(refund.Items)),
        ReplayStep.CreditNote note => new(step.Key, ReplayFate.Done, Credited: ReplayItem.Total(note.Items)),
        _ => new(step.Key, ReplayFate.Done, "ord"),
    };

    private static async Task<List<ShopEvent>> ReadAsync()
    {
        await using var input = await RealData.OpenAsync(Uci, "events.jsonl.gz");
        return await EventReader.ReadAsync(input, TimeZoneInfo.Utc, CancellationToken.None).ToListAsync();
    }

    private static async Task<Dictionary<string, long>> OpeningAsync()
    {
        await using var input = await RealData.OpenAsync(Uci, "derived-catalogue.csv.gz");
        var settings = new ImportSettings("GBP", "InitialStockNeeded");
        var catalogue = await CatalogueReader.ReadAsync(input, CatalogueFormat.Csv, settings, CancellationToken.None);
        return catalogue.Items.Select(static item => item.ShouldBeOfType<CatalogueItem.Accepted>().Product.Variants[0])
            .Where(static variant => variant.Policy is ImportVariant.Tracked)
            .ToDictionary(static variant => variant.Sku, static variant => (long)(variant.OpeningStock ?? 0), StringComparer.Ordinal);
    }
}
