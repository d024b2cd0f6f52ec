using PuppeteerSharp;

namespace ActorShop.EndToEnd;

/// <summary>A page in Debian's Chromium, with what went wrong in it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IBrowser _browser;
    private readonly List<string> _faults = [];

    private Browser(IBrowser browser, IPage page) => (_browser, Page) = (browser, page);

    /// <summary>Why there is no browser; null if there is one.</summary>
    public static string? Absent => Program is null ? "Chromium is not installed: apt-get install chromium." : null;

    public IPage Page { get; }

    /// <summary>Errors in the console, exceptions of scripts, requests without an answer, and answers of 400 and above.</summary>
    public IReadOnlyList<string> Faults => _faults;

    private static string? Program => Array.Find(Places, File.Exists);

    /// <param name="width">CSS pixels.</param>
    /// <param name="key">The operators' key.</param>
    public static async Task<Browser> OpenAsync(int width, int height = 800, bool isDark = false, string? key = null)
    {
        var chromium = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Program!,
            Headless = true,

            // Containers and root have no user namespaces. The only pages are the test's own.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
        });
        var page = await chromium.NewPageAsync();
        var browser = new Browser(chromium, page);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height, IsMobile = width < 600, HasTouch = width < 600 });
        await page.EmulateMediaFeaturesAsync([new() { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" }]);
        if (key is not null)
        {
            await page.AuthenticateAsync(new Credentials { Username = "operator", Password = key });
        }

        page.Console += (_, message) => browser.Add(message.Message.Type is ConsoleType.Error, message.Message.Text);
        page.PageError += (_, error) => browser.Add(true, error.Message);
        page.RequestFailed += (_, failed) => browser.Add(true, $"{failed.Request.Url}: {failed.Request.FailureText}");
        page.Response += (_, answered) => browser.Add((int)answered.Response.Status >= 400, $"{answered.Response.Url}: {answered.Response.Status}");
        return browser;
    }

    public Task<string> TextAsync(string selector) => Page.EvaluateFunctionAsync<string>("selector => document.querySelector(selector).innerText", selector);

    /// <summary>How many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateExpressionAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await _browser.DisposeAsync();

    private void Add(bool isFault, string fault)
    {
        if (isFault)
        {
            lock (_faults)
            {
                _faults.Add(fault);
            }
        }
    }
}
