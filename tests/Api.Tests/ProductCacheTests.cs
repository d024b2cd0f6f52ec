using ActorShop.Api.Catalog;
using ActorShop.Catalog;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Api;

/// <summary>Goal: shoppers share answers about a product for a few seconds; changes and callers with a key get the latest.</summary>
public sealed class ProductCacheTests
{
    private const string Path = $"/v1/products/{TestApi.Product}";

    [Fact]
    public async Task SecondShopper_GetsTheCachedAnswer_UntilTheProductChanges()
    {
        await using var api = new TestApi();
        var first = await ReadAsync(api);
        var second = await ReadAsync(api);

        (second.Status, second.Body, second.Headers["ETag"]).ShouldBe((200, first.Body, first.Headers["ETag"]));
        second.Headers.Keys.ShouldContain("Age", StringComparer.OrdinalIgnoreCase);
        second.Headers["X-Request-Id"].ShouldNotBe(first.Headers["X-Request-Id"], StringComparer.Ordinal);
        Asked(api).ShouldBe(1);

        await api.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync(ProductCachePolicy.TagOf(TestApi.Product), CancellationToken.None);
        (await ReadAsync(api)).Headers.Keys.ShouldNotContain("Age", StringComparer.OrdinalIgnoreCase);
        Asked(api).ShouldBe(2);
    }

    [Fact]
    public async Task CachedAnswer_MatchesAnETag()
    {
        await using var api = new TestApi();
        var tag = (await ReadAsync(api)).Headers["ETag"];

        var reply = await api.SendAsync("GET", Path, token: null, adjust: request => request.Headers.TryAddWithoutValidation("If-None-Match", tag));

        (reply.Status, reply.Body).ShouldBe((304, string.Empty));
        Asked(api).ShouldBe(1);
    }

    [Fact]
    public async Task CachedAnswer_IgnoresDates()
    {
        await using var api = new TestApi();
        await ReadAsync(api);

        var reply = await api.SendAsync(
            "GET", Path, token: null, adjust: static request => request.Headers.TryAddWithoutValidation("If-Modified-Since", "Sun, 29 Nov 2099 13:42:37 GMT"));

        reply.Status.ShouldBe(200);
        reply.Headers.Keys.ShouldContain("Age", StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task CallerWithAKeyOrNoCache_IsAnsweredByTheGrain()
    {
        await using var api = new TestApi();
        await ReadAsync(api);

        (await api.SendAsync("GET", Path)).Status.ShouldBe(200);
        (await api.SendAsync("GET", Path, token: null, adjust: static request => request.Headers.TryAddWithoutValidation("Cache-Control", "no-cache"))).Status.ShouldBe(200);
        Asked(api).ShouldBe(3);
    }

    [Fact]
    public async Task Refusal_IsNotCached()
    {
        await using var api = new TestApi();
        api.Grains.On<IProductGrain>("GetAsync", static _ => null);
        (await ReadAsync(api)).ShouldBeProblem(404, "product_not_found");
        (await ReadAsync(api)).ShouldBeProblem(404, "product_not_found");

        Asked(api).ShouldBe(2);
    }

    private static Task<Reply> ReadAsync(TestApi api) => api.SendAsync("GET", Path, token: null);

    private static int Asked(TestApi api) => api.Grains.Calls.Count(static call => call.Method is "GetAsync");
}
