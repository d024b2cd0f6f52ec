using System.Globalization;
using Microsoft.Extensions.Options;

namespace ActorShop.Storage;

// What depends on languages and time zones.
public abstract partial class ReadModelsContract
{
    /// <summary>Ends the process; the next use starts it with another setting.</summary>
    protected abstract Task RestartAsync(string setting, string value);

    [ContractTheory]
    [InlineData("Café au lait", "cafe")]
    [InlineData("Cafe au lait", "CAFÉ")]
    [InlineData("Cafe\u0301 au lait", "caf\u00E9")]
    [InlineData("Caf\u00E9 au lait", "cafe\u0301")]
    [InlineData("Müller cup", "muller")]
    [InlineData("Straße sign", "strasse")]
    [InlineData("STRASSE sign", "straße")]
    [InlineData("STRA\u1E9EE sign", "strasse")]
    [InlineData("Smørrebrød board", "smorrebrod")]
    [InlineData("Łódź poster", "lodz")]
    [InlineData("Kırmızı kalem", "kirmizi")]
    [InlineData("İnci kolye", "inci")]
    [InlineData("inci kolye", "İNCİ")]
    [InlineData("Œuvre complète", "oeuvre complete")]
    [InlineData("Nguyễn Đình Chiểu", "nguyen dinh")]
    [InlineData("Þingvellir mug", "thingvellir")]
    [InlineData("Ｆｕｌｌ ｗｉｄｔｈ １２", "full width 12")]
    [InlineData("Full width 12", "ＦＵＬＬ\u3000ＷＩＤＴＨ　１２")]
    [InlineData("ﬁne ﬂute №5", "fine flute no5")]
    [InlineData("Cof\u00ADfee\u200B cup", "coffee cup")]
    [InlineData("Bjørn’s “best” – 30×40", "bjorn's \"best\" - 30x40")]
    [InlineData("Κόσμος", "ΚΟΣΜΟΣ")]
    [InlineData("Ёлка", "елка")]
    [InlineData("ｶﾞﾗｽ ｺｯﾌﾟ", "ガラス")]
    [InlineData("한글 컵", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("مُدَرِّس", "مدرس")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("Tee 5 ml", "ml 5")]
    public async Task Search_IgnoresCaseAccentsWidthAndComposition(string name, string query)
    {
        await Shop.ProductAsync("prod_1", name);
        await Shop.ProductAsync("prod_2", "Another product");

        (await FoundAsync(query)).ShouldBe(["prod_1"]);
    }

    [ContractTheory]
    [InlineData("ガラス", "カラス")]
    [InlineData("कि", "कु")]
    [InlineData("Cave", "cafe")]
    [InlineData("Cafe", "cafe's")]
    [InlineData("A + B", "\"")]
    public async Task Search_TellsOtherWordsApart(string name, string query)
    {
        await Shop.ProductAsync("prod_1", name);

        (await FoundAsync(query)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Search_FollowsChangedNames()
    {
        await Shop.ProductAsync("prod_1", "Käsebrett");
        await Shop.ProductAsync("prod_2", "Käsemesser");
        (await FoundAsync("kasebrett")).ShouldBe(["prod_1"]);

        await Shop.ProductAsync("prod_1", "Teller", price: 500);
        await Shop.ProductAsync("prod_2", "Käsemesser", price: 500);

        (await FoundAsync("kasebrett")).ShouldBeEmpty();
        (await FoundAsync("teller")).ShouldBe(["prod_1"]);
        (await FoundAsync("kase messer")).ShouldBe(["prod_2"]);
        await Models.RebuildAsync("reporting");
        (await FoundAsync("kasebrett")).ShouldBeEmpty();
        (await FoundAsync("teller")).ShouldBe(["prod_1"]);
    }

    [ContractTheory]
    [InlineData("en", "apfel|Apfel|Äpfel|Ärmel|Box 2|Box 10|Box 10 a|éclair|Zebra|Zürich")]
    [InlineData("de", "apfel|Apfel|Äpfel|Ärmel|Box 2|Box 10|Box 10 a|éclair|Zebra|Zürich")]
    [InlineData("sv", "apfel|Apfel|Box 2|Box 10|Box 10 a|éclair|Zebra|Zürich|Äpfel|Ärmel")]
    public async Task Names_AreSortedByTheShopsLanguage_AndNumbersByTheirValue(string locale, string expected)
    {
        var names = expected.Split('|');
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            await Shop.ProductAsync(string.Create(CultureInfo.InvariantCulture, $"prod_{Array.IndexOf(names, name)}"), name);
        }

        // Filled under another setting, and again after the change.
        await ProjectAllAsync();
        await RestartAsync("Shop:Locale", locale);
        await ProjectAllAsync();

        (await NamesAsync("name")).ShouldBe(names);
        (await NamesAsync("-name")).ShouldBe(names.Reverse());
        (await Models.GetLagAsync("reporting")).ShouldBe(0);
    }

    [ContractFact]
    public async Task CursorByName_KeepsItsPlace_WhenProductsAreRenamed()
    {
        foreach (var name in new[] { "Äpfel", "Birnen", "Box 2", "Box 10", "Zebra" })
        {
            await Shop.ProductAsync($"prod_{name[^1]}", name);
        }

        var first = (await FindAsync(Query() with { Sort = "name", Limit = 2 })).Page;
        await Shop.ProductAsync("prod_n", "Zucker");
        await Shop.ProductAsync("prod_x", "Aal");
        var second = (await FindAsync(Query() with { Sort = "name", Limit = 9, After = first.Next })).Page;

        first.Items.Select(static p => p.Name).ShouldBe(["Äpfel", "Birnen"]);
        second.Items.Select(static p => p.Name).ShouldBe(["Box 2", "Box 10", "Zebra", "Zucker"]);
    }

    [ContractFact]
    public async Task LongNames_AreSorted_WithShortPositions()
    {
        for (var i = 0; i < 5; i++)
        {
            await Shop.ProductAsync(string.Create(CultureInfo.InvariantCulture, $"prod_{i}"), new string('茶', 196) + (4 - i));
        }

        (await NamesAsync("name")).Length.ShouldBe(5);
        (await FindAsync(Query() with { Sort = "name", Limit = 2 })).Page.Next!.Length.ShouldBeLessThan(330);
    }

    [ContractTheory]
    [InlineData("Shop:Locale", "martian", "Shop:Locale must be a language, such as en, de or sv-FI.")]
    [InlineData("Shop:TimeZone", "Mars/Olympus", "Shop:TimeZone must be the IANA name of a time zone, such as Europe/Berlin.")]
    [InlineData("Shop:TimeZone", "W. Europe Standard Time", "Shop:TimeZone must be the IANA name of a time zone, such as Europe/Berlin.")]
    public async Task UnknownLanguageOrTimeZone_IsRefused(string setting, string value, string message)
    {
        await RestartAsync(setting, value);

        Should.Throw<OptionsValidationException>(() => Models).Message.ShouldContain(message);
    }

    /// <summary>Goal: the days of a report begin and end at the shop's midnight, also on days of 23 and 25 hours. Method: an order and a refund an hour.</summary>
    [ContractTheory]
    [InlineData("UTC", "2011-03-27", 24)]
    [InlineData("Europe/Berlin", "2011-03-27", 23)]
    [InlineData("Europe/Berlin", "2011-10-30", 25)]
    [InlineData("Europe/Berlin", "2011-11-04", 24)]
    [InlineData("Pacific/Auckland", "2011-09-25", 23)]
    [InlineData("Pacific/Auckland", "2012-04-01", 25)]
    [InlineData("America/New_York", "2011-11-06", 25)]
    [InlineData("Asia/Kolkata", "2011-11-04", 24)]
    public async Task SalesOfADay_AreThoseBetweenTheShopsMidnights(string timeZone, string day, int hours)
    {
        await RestartAsync("Shop:TimeZone", timeZone);
        Shop = new(Storage);
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var start = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(-1);
        for (var hour = 0; hour < 72; hour++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"ord_{hour:D2}");
            await Shop.OrderAsync(id, start.AddHours(hour).AddMinutes(30), [("A", 1, 100)]);
            await Shop.RefundAsync(id, start.AddHours(hour).AddMinutes(30), refunded: 1);
            await Shop.EntryAsync(id, start.AddHours(hour).AddMinutes(30), "bad-debt", amount: 1);
        }

        await ProjectAllAsync();

        var report = await Models.GetSalesAsync(new(date, date, ByMonth: false, "GBP"));
        report.TimeZone.ShouldBe(timeZone);
        report.Rows.Single().ShouldSatisfyAllConditions(
            row => row.Period.ShouldBe(day), row => row.Orders.ShouldBe(hours), row => row.Refunded.ShouldBe(ShopEvents.Gbp(hours)), row => row.Entries.ShouldBe(ShopEvents.Gbp(-hours)));
        (await Models.GetBestSellersAsync(date, date, limit: 1)).Single().Units.ShouldBe(hours);
    }

    [ContractFact]
    public async Task ChangedTimeZone_MovesSalesToTheirNewDaysAndMonths()
    {
        await Shop.OrderAsync("ord_1", new(2011, 11, 30, 23, 30, 0, TimeSpan.Zero), [("A", 1, 100)]);
        await Shop.RefundAsync("ord_1", new(2011, 11, 30, 22, 30, 0, TimeSpan.Zero), refunded: 1);
        await ProjectAllAsync();
        (await PeriodsAsync(byMonth: true)).ShouldBe("2011-11: 1, 1");

        await RestartAsync("Shop:TimeZone", "Europe/Berlin");
        await ProjectAllAsync();

        (await PeriodsAsync(byMonth: true)).ShouldBe("2011-11: 0, 1; 2011-12: 1, 0");
        (await PeriodsAsync(byMonth: false)).ShouldBe("2011-11-30: 0, 1; 2011-12-01: 1, 0");
        (await Models.GetBestSellersAsync(new(2011, 12, 1), to: null, limit: 9)).Single().Units.ShouldBe(1);
    }

    private async Task<string> PeriodsAsync(bool byMonth) => string.Join("; ", (await Models.GetSalesAsync(new(From: null, To: null, byMonth, "GBP"))).Rows
        .Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row.Period}: {row.Orders}, {row.Refunded.Amount}")));

    private async Task<string[]> NamesAsync(string sort)
    {
        var names = new List<string>();
        string? after = null;
        do
        {
            var page = (await FindAsync(Query() with { Sort = sort, After = after, Limit = 3 })).Page;
            names.AddRange(page.Items.Select(static p => p.Name));
            after = page.Next;
        }
        while (after is not null);
        return [.. names];
    }
}
