using ActorShop.Api.Catalog;
using ActorShop.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

/// <summary>Goal: shoppers share pages of products for as long as any cache may keep them; callers with a key get new ones.</summary>
public sealed class ProductListCacheTests
{
    private const string Path = "/v1/products?query=red%20mug&limit=1";

    private readonly FakeTimeProvider _clock = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Page_IsSharedForAsLongAsAnyCacheMayKeepIt_AndSaysItsAge()
    {
        await using var api = Api();
        var first = await ReadAsync(api);
        first.Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        first.Headers["Cache-Control"].ShouldBe("public, max-age=5");
        _clock.Advance(TimeSpan.FromMilliseconds(4_999));
        var second = await ReadAsync(api);

        (second.Status, second.Body, second.ContentType, second.Headers["Age"]).ShouldBe((200, first.Body, first.ContentType, "4"));
        foreach (var name in new[] { "Link", "Cache-Control", "Content-Length", "X-Content-Type-Options" })
        {
            second.Headers[name].ShouldBe(first.Headers[name], name);
        }

        Asked(api).ShouldBe(1);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await ReadAsync(api)).Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        Asked(api).ShouldBe(2);
    }

    [Fact]
    public async Task OtherQueries_CallersWithAKey_AndNoCache_ReadTheList()
    {
        await using var api = Api();
        await ReadAsync(api);
        await ReadAsync(api, "/v1/products?query=red%20mug&limit=2");
        await ReadAsync(api, "/v1/products?limit=1&query=red%20mug");
        await ReadAsync(api, "/v1/products");
        await ReadAsync(api, "/v1/products");
        Asked(api).ShouldBe(4);

        (await api.SendAsync("GET", Path)).Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        var fresh = await api.SendAsync("GET", Path, token: null, adjust: static request => request.Headers.TryAddWithoutValidation("Cache-Control", "no-cache"));
        fresh.Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        Asked(api).ShouldBe(6);
    }

    [Theory]
    [InlineData("GET", "/v1/products/?query=red%20mug&limit=1")]
    [InlineData("GET", "/V1/products?query=red%20mug&limit=1")]
    public async Task Link_HasThePathOfTheRequest(string method, string path)
    {
        await using var api = Api();
        await ReadAsync(api);

        var reply = await api.SendAsync(method, path, token: null);

        reply.Headers["Link"].ShouldStartWith($"<{path.Split('?')[0]}?");
        Asked(api).ShouldBe(2);
    }

    [Fact]
    public async Task Head_IsAnsweredFromTheCache_WithoutABody()
    {
        await using var api = Api();
        var page = await ReadAsync(api);

        var head = await api.SendAsync("HEAD", Path, token: null);

        (head.Status, head.Body, head.Headers["Link"], head.Headers["Content-Length"]).ShouldBe((200, string.Empty, page.Headers["Link"], page.Headers["Content-Length"]));
        Asked(api).ShouldBe(1);
    }

    [Fact]
    public async Task RefusedQuery_IsRefusedEachTime()
    {
        await using var api = Api();
        for (var i = 0; i < 2; i++)
        {
            (await ReadAsync(api, "/v1/products?limit=1000")).ShouldBeProblem(400, "validation_failed");
        }

        Cache(api).Count.ShouldBe(0);
        Asked(api).ShouldBe(0);
    }

    [Fact]
    public async Task CallerWhoLeaves_DoesNotFailThoseWhoShareItsRead()
    {
        await using var api = Api();
        var list = new TaskCompletionSource<ProductList>();
        api.Grains.On<IShopQueryGrain>("FindProductsAsync", _ => list.Task);
        using var leaving = new CancellationTokenSource();
        var first = api.Client.GetAsync(new Uri(Path, UriKind.Relative), leaving.Token);
        while (Asked(api) == 0)
        {
            await Task.Delay(5, CancellationToken.None);
        }

        var second = ReadAsync(api);
        await leaving.CancelAsync();
        list.SetResult(Samples.Make<ProductList>() with { Page = new(ImmutableArray<ProductSummary>.Empty, Next: null) });

        (await second).Status.ShouldBe(200);
        Asked(api).ShouldBe(1);
        await first.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private TestApi Api() => new("Production", clock: _clock);

    private static ProductListCache Cache(TestApi api) => api.Services.GetRequiredService<ProductListCache>();

    private static Task<Reply> ReadAsync(TestApi api, string path = Path) => api.SendAsync("GET", path, token: null);

    private static int Asked(TestApi api) => api.Grains.Calls.Count(static call => call.Method is "FindProductsAsync");
}
