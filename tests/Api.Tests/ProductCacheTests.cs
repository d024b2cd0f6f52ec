using ActorShop.Api.Catalog;
using ActorShop.Api.Operators;
using ActorShop.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

/// <summary>Goal: shoppers share answers about a product for less than a second; changes and callers with a key get the latest.</summary>
public sealed class ProductCacheTests
{
    private const string Path = $"/v1/products/{TestApi.Product}";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _clock = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task AnotherShopper_GetsTheCachedAnswer_ForLessThanASecond()
    {
        await using var api = Api();
        var first = await ReadAsync(api);
        first.Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        _clock.Advance(ProductCache.Lifetime - Tick);
        var second = await ReadAsync(api);

        (second.Status, second.Body, second.ContentType, second.Headers["Age"]).ShouldBe((200, first.Body, first.ContentType, "0"));
        ShouldHaveTheHeaders(second, first);
        second.Headers.Keys.Except(first.Headers.Keys, StringComparer.OrdinalIgnoreCase).ShouldBe(["Age"]);
        second.Headers["X-Request-Id"].ShouldNotBe(first.Headers["X-Request-Id"], StringComparer.Ordinal);
        Asked(api).ShouldBe(1);

        _clock.Advance(Tick);
        var third = await ReadAsync(api);
        third.Body.ShouldBe(first.Body);
        third.Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        Asked(api).ShouldBe(2);
    }

    [Fact]
    public async Task Age_IsCountedFromWhenTheReadBegan()
    {
        await using var api = Api();
        var slow = Script(api);
        var first = ReadAsync(api);
        await EventuallyAsync(() => Asked(api) == 1);
        _clock.Advance(ProductCache.Lifetime - Tick);
        slow[0].SetResult(Product(1));
        (await first).Headers["ETag"].ShouldBe("\"1\"");
        Cache(api).Find(TestApi.Product).Answer.ShouldNotBeNull();

        _clock.Advance(Tick);
        Cache(api).Find(TestApi.Product).Answer.ShouldBeNull();
    }

    [Fact]
    public async Task Change_RemovesOlderVersions()
    {
        await using var api = Api();
        Answer(api, version: 1);
        await ReadAsync(api);

        Cache(api).Change(TestApi.Product, version: 1);
        Cache(api).Find(TestApi.Product).Answer!.Version.ShouldBe(1, "an event may come twice, or late");

        Answer(api, version: 2);
        Cache(api).Change(TestApi.Product, version: 2);
        (await ReadAsync(api)).Headers["ETag"].ShouldBe("\"2\"");
        (await ReadAsync(api, ifNoneMatch: "\"1\"")).Status.ShouldBe(200);
        (await ReadAsync(api, ifNoneMatch: "\"2\"")).Status.ShouldBe(304);
        Asked(api).ShouldBe(2);
    }

    [Fact]
    public async Task ReadThatBeganBeforeAChange_IsNeitherStored_NorSharedAfterIt()
    {
        await using var api = Api();
        var slow = Script(api);
        var before = Cache(api).GetAsync(TestApi.Product);
        Cache(api).Change(TestApi.Product, version: 2);
        var after = Cache(api).GetAsync(TestApi.Product);

        slow[1].SetResult(Product(2));
        (await after)!.Version.ShouldBe(2);
        slow[0].SetResult(Product(1));
        (await before)!.Version.ShouldBe(1);

        Cache(api).Find(TestApi.Product).Answer!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ShoppersWhoMissAProductTogether_ShareARead_ThatIsLessThanASecondOld()
    {
        await using var api = Api();
        var slow = Script(api);
        var first = Cache(api).GetAsync(TestApi.Product);
        _clock.Advance(ProductCache.Lifetime - Tick);
        var second = Cache(api).GetAsync(TestApi.Product);
        Asked(api).ShouldBe(1);

        _clock.Advance(Tick);
        var third = Cache(api).GetAsync(TestApi.Product);
        Asked(api).ShouldBe(2);
        slow[1].SetResult(Product(2));
        slow[0].SetResult(Product(1));

        ((await first)!.Version, (await second)!.Version, (await third)!.Version).ShouldBe((1, 1, 2));
        Cache(api).Find(TestApi.Product).Answer!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task FaultOfASharedRead_IsNotRemembered()
    {
        await using var api = Api();
        api.Grains.On<IProductGrain>("GetAsync", static _ => throw new TimeoutException());
        (await ReadAsync(api)).Status.ShouldBe(504);

        Answer(api, version: 1);
        (await ReadAsync(api)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task VersionThatIsRenderedAlready_IsNotRenderedAgain()
    {
        await using var api = Api();
        Answer(api, version: 1);
        var first = await Cache(api).GetAsync(TestApi.Product);
        _clock.Advance(ProductCache.Lifetime);
        (await Cache(api).GetAsync(TestApi.Product)).ShouldBeSameAs(first);

        Answer(api, version: 2);
        _clock.Advance(ProductCache.Lifetime);
        (await Cache(api).GetAsync(TestApi.Product))!.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"1\", \"7\"", 304)]
    [InlineData("\"1\"", 200)]
    [InlineData("7", 200)]
    public async Task CachedAnswer_MatchesAnETag_AsAFreshOneDoes(string ifNoneMatch, int status)
    {
        await using var api = Api();
        var fresh = await ReadAsync(api, ifNoneMatch: ifNoneMatch);
        var cached = await ReadAsync(api, ifNoneMatch: ifNoneMatch);

        (fresh.Status, fresh.Headers["ETag"]).ShouldBe((status, "\"7\""));
        (cached.Status, cached.Headers["ETag"], cached.Headers["Cache-Control"], cached.Body).ShouldBe((status, "\"7\"", "public, max-age=5", fresh.Body));
        (cached.Body.Length == 0).ShouldBe(status == 304);
        Asked(api).ShouldBe(1);
    }

    [Theory]
    [InlineData("If-Modified-Since", "Sun, 29 Nov 2099 13:42:37 GMT", 200)]
    [InlineData("Accept", "text/html;q=0.9, application/json", 200)]
    [InlineData("Accept", "text/html", 406)]
    [InlineData("Prefer", "return=minimal", 200)]
    [InlineData("Cache-Control", "max-age=0", 200)]
    [InlineData("Content-Length", "2", 200)]
    [InlineData("Authorization", "Bearer wrong", 401)]
    public async Task CachedProduct_IsAnsweredAsARequestAsks(string header, string value, int status)
    {
        await using var api = Api();
        await ReadAsync(api);

        var reply = await api.SendAsync("GET", Path, token: null, adjust: request =>
        {
            request.Content = header is "Content-Length" ? new StringContent("{}") : null;
            request.Headers.TryAddWithoutValidation(header, value);
        });

        reply.Status.ShouldBe(status);
        reply.Headers.ContainsKey("Age").ShouldBe(status == 200);
        Asked(api).ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", Path + "?expand=prices", 400)]
    [InlineData("GET", Path + "?", 200)]
    [InlineData("GET", "/V1/Products/" + TestApi.Product, 200)]
    [InlineData("GET", Path + "/", 200)]
    [InlineData("GET", Path + "x", 404)]
    [InlineData("HEAD", Path, 200)]
    [InlineData("get", Path, 200)]
    [InlineData("POST", Path, 405)]
    [InlineData("DELETE", Path, 405)]
    public async Task CachedProduct_IsAnsweredToItsOwnPathAndMethods(string method, string path, int status)
    {
        await using var api = Api();
        var cached = (await ReadAsync(api), Reply: await ReadAsync(api)).Reply;

        var reply = await api.SendAsync(method, path, token: null);

        reply.Status.ShouldBe(status);
        if (status == 200)
        {
            reply.Body.ShouldBe(method is "HEAD" ? string.Empty : cached.Body);
            ShouldHaveTheHeaders(reply, cached);
        }

        Asked(api).ShouldBe(1);
    }

    [Fact]
    public async Task CallerWithAKeyOrNoCache_IsAnsweredByTheGrain_AndRemovesWhatIsOlder()
    {
        await using var api = Api();
        Answer(api, version: 1);
        await ReadAsync(api);

        Answer(api, version: 2);
        var operators = await api.SendAsync("GET", Path);
        (operators.Headers["ETag"], operators.Headers.ContainsKey("Age")).ShouldBe(("\"2\"", false));
        (await ReadAsync(api)).Headers["ETag"].ShouldBe("\"2\"");

        Answer(api, version: 3);
        var fresh = await api.SendAsync("GET", Path, token: null, adjust: static request => request.Headers.TryAddWithoutValidation("Cache-Control", "No-Cache"));
        fresh.Headers["ETag"].ShouldBe("\"3\"");
        (await ReadAsync(api)).Headers["ETag"].ShouldBe("\"3\"");
        Asked(api).ShouldBe(5);
    }

    [Fact]
    public async Task Refusal_IsNotCached()
    {
        await using var api = Api();
        api.Grains.On<IProductGrain>("GetAsync", static _ => null);
        (await ReadAsync(api)).ShouldBeProblem(404, "product_not_found");
        (await ReadAsync(api)).ShouldBeProblem(404, "product_not_found");

        Asked(api).ShouldBe(2);
        Cache(api).Count.ShouldBe(0);
    }

    [Fact]
    public async Task CachedAnswers_AreCountedByRoute()
    {
        await using var api = Api();
        await ReadAsync(api);
        await ReadAsync(api);
        await ReadAsync(api, ifNoneMatch: "\"7\"");

        var route = api.Services.GetRequiredService<RequestFigures>().ByRoute().ShouldHaveSingleItem();
        (route.Route, route.Requests).ShouldBe(("GET /v1/products/{id}", 3));
    }

    [Fact]
    public async Task OperatorsPort_HasNoProducts_CachedOrNot()
    {
        await using var api = new TestApi("Production", onSockets: true);
        await ReadAsync(api);
        (await ReadAsync(api)).Headers["Age"].ShouldBe("0");

        using var operators = new HttpClient { BaseAddress = new Uri(api.Urls[1]) };
        using var answer = await operators.GetAsync(new Uri(Path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Cache_IsBounded()
    {
        await using var api = Api();
        var big = Product(1) with { Description = new string('x', 100_000) };
        api.Grains.On<IProductGrain>("GetAsync", _ => big);
        for (var i = 0; i < 2 * ProductCache.MaxBytes / 100_000; i++)
        {
            await Cache(api).GetAsync($"prod_{i:x32}");
        }

        Cache(api).Count.ShouldBeInRange(100, ProductCache.MaxBytes / 100_000);
    }

    private TestApi Api() => new("Production", clock: _clock);

    private static ProductCache Cache(TestApi api) => api.Services.GetRequiredService<ProductCache>();

    private static ProductView Product(long version) => Samples.Make<ProductView>() with { Version = version };

    private static void Answer(TestApi api, long version) => api.Grains.On<IProductGrain>("GetAsync", _ => Product(version));

    /// <summary>Answers of the grain in the order of calls, which a test gives later.</summary>
    private static TaskCompletionSource<ProductView?>[] Script(TestApi api)
    {
        TaskCompletionSource<ProductView?>[] answers = [new(), new()];
        var calls = 0;
        api.Grains.On<IProductGrain>("GetAsync", _ => answers[calls++].Task);
        return answers;
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        condition().ShouldBeTrue();
    }

    private static void ShouldHaveTheHeaders(Reply reply, Reply other)
    {
        foreach (var (name, value) in other.Headers.Where(static header => !header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase) && header.Key is not "traceparent"))
        {
            reply.Headers[name].ShouldBe(value, name);
        }
    }

    private static Task<Reply> ReadAsync(TestApi api, string? ifNoneMatch = null) =>
        api.SendAsync("GET", Path, token: null, adjust: request => request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch is null ? [] : [ifNoneMatch]));

    private static int Asked(TestApi api) => api.Grains.Calls.Count(static call => call.Method is "GetAsync");
}
