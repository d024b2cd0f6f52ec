using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: an operator sees the shop at a glance, on a screen and on a phone. Method: the shop as a process, its page in Chromium.
/// </summary>
/// <remarks>ACTORSHOP_PICTURES=docs/images takes the pictures of the documentation.</remarks>
[Trait("Suite", "EndToEnd")]
public sealed class OperatorsPageTests(OperatorsPageTests.Shop fixture) : IClassFixture<OperatorsPageTests.Shop>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ACTORSHOP_PICTURES");

    private ShopProcess Process => fixture.Process;

    [Fact]
    public async Task Page_IsForOperatorsOnly()
    {
        AuthenticationHeaderValue?[] refused = [null, Http.Bearer("wrong"), Http.Bearer("reader-key")];
        foreach (var path in new[] { "/", "/figures", "/page.js", "/page.css", "/charts.js", "/icon.svg" })
        {
            foreach (var credentials in refused)
            {
                (await Process.OperatorsClient.ReadAsync(path, credentials)).Status.ShouldBe(HttpStatusCode.Unauthorized, $"{path} {credentials}");
            }

            var answer = await Process.OperatorsClient.ReadAsync(path, Http.Bearer(ShopProcess.AdminKey));
            answer.Status.ShouldBe(HttpStatusCode.OK, path);
            (await Process.Client.ReadAsync(path, Http.Bearer(ShopProcess.AdminKey))).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [BrowserFact]
    public async Task Page_ShowsLiveFigures_WithoutAFault()
    {
        await using var browser = await OpenAsync(1280);
        var before = await CheckoutsAsync(browser);

        (await Buyers.BuyOneAsync(Process.Client)).Failure.ShouldBeNull();
        await Eventually.HoldsAsync(async () => await CheckoutsAsync(browser) == before + 1);

        (await browser.TextAsync("#status")).ShouldBe("ready");
        (await browser.TextAsync("#tiles")).ShouldContain("balanced");
        (await browser.TextAsync("#routes")).ShouldContain("POST /v1/carts/{id}/checkout");
        (await browser.TextAsync("#members")).ShouldContain("active");
        (await browser.Page.EvaluateExpressionAsync<int>("document.querySelectorAll('#checkouts rect.fill-good').length")).ShouldBeGreaterThan(1);
        browser.Faults.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Page_LeadsToTheDocs_ThatLoadWithoutAFault()
    {
        await using var browser = await OpenAsync(1280);

        var docs = await browser.Page.EvaluateExpressionAsync<string>("document.getElementById('docs').href");
        docs.ShouldBe($"{Process.Public}docs");
        (await browser.Page.EvaluateExpressionAsync<bool>("document.getElementById('dashboard').hidden")).ShouldBeFalse();
        var dashboard = await browser.Page.EvaluateExpressionAsync<string>("document.getElementById('dashboard').href");
        dashboard.ShouldBe($"{Process.Operators}dashboard/");
        (await Process.OperatorsClient.ReadAsync("/dashboard/", Http.Bearer(ShopProcess.AdminKey))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [BrowserFact]
    public async Task Page_ShowsFigures_WhereItsAddressHasThePassword()
    {
        await using var browser = await Browser.OpenAsync(1280);
        await browser.Page.GoToAsync(new UriBuilder(Process.Operators) { UserName = "any", Password = ShopProcess.AdminKey }.ToString());
        await browser.Page.WaitForSelectorAsync("body[data-shown]");

        (await browser.TextAsync("#status")).ShouldBe("ready");
        browser.Faults.ShouldBeEmpty();
    }

    [BrowserTheory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Page_FitsItsWindow(int width, bool isDark)
    {
        await using var browser = await OpenAsync(width, isDark);

        (await browser.OverflowAsync()).ShouldBe(0);
        (await browser.Page.EvaluateExpressionAsync<string>("getComputedStyle(document.querySelector('#routes td')).overflowWrap")).ShouldBe("normal");
        (await browser.TextAsync("#process")).ShouldMatch(@"Orleans \d+\.\d+\.\d+, \.NET");
        browser.Faults.ShouldBeEmpty();
        await TakeAsync(browser, width, isDark, "operators");
    }

    [BrowserFact]
    public async Task Page_IsUsedByKeyboard()
    {
        await using var browser = await OpenAsync(1280);
        var reached = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await browser.Page.Keyboard.PressAsync("Tab");
            reached.Add(await browser.Page.EvaluateExpressionAsync<string>("document.activeElement.innerText"));
        }

        reached[..5].ShouldBe(["Skip to the figures", "API docs", "Orleans dashboard", "Health details", "Pause"]);
        await browser.Page.FocusAsync("#pause");
        await browser.Page.Keyboard.PressAsync("Enter");
        (await browser.TextAsync("#pause")).ShouldBe("Resume");
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Docs_LoadWithoutAFault(int width)
    {
        await using var browser = await Browser.OpenAsync(width);
        await browser.Page.GoToAsync($"{Process.Public}docs/index.html");
        await browser.Page.WaitForSelectorAsync(".opblock");

        browser.Faults.ShouldBeEmpty();
        await TakeAsync(browser, width, isDark: false, "docs");
    }

    // The first tile: a number above a note.
    private static async Task<int> CheckoutsAsync(Browser browser) =>
        int.Parse((await browser.TextAsync("#tiles dd")).Split('\n')[0], CultureInfo.InvariantCulture);

    private static async Task TakeAsync(Browser browser, int width, bool isDark, string name)
    {
        if (Pictures is not null && !(isDark && width < 600))
        {
            var file = $"{name}-{(width < 600 ? "phone" : "desktop")}{(isDark ? "-dark" : "")}.png";
            await browser.Page.ScreenshotAsync(Path.Combine(Directory.CreateDirectory(Pictures).FullName, file));
        }
    }

    private async Task<Browser> OpenAsync(int width, bool isDark = false)
    {
        var browser = await Browser.OpenAsync(width, isDark: isDark, key: ShopProcess.AdminKey);
        try
        {
            await browser.Page.GoToAsync(Process.Operators.ToString());
            await browser.Page.WaitForSelectorAsync("body[data-shown]");
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public sealed class Shop : IAsyncLifetime
    {
        public ShopProcess Process { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Process = await ShopProcess.StartAsync([("Dashboard__Enabled", "true"), .. ShopProcess.KeySettings(1, "reader-key", "reports"), .. ShopProcess.KeySettings(2, MemberPlan.Key, "orders")]);
            for (var i = 0; i < 5; i++)
            {
                (await Buyers.BuyOneAsync(Process.Client)).Failure.ShouldBeNull();
            }
        }

        public async Task DisposeAsync() => await Process.DisposeAsync();
    }
}
