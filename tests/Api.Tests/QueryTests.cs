using ActorShop.Catalog;
using ActorShop.Reporting;

namespace ActorShop.Api;

public sealed class QueryTests(TestApi api) : IClassFixture<TestApi>
{
    public static TheoryData<string> Lists => [.. Routes.WithQuery];

    public static TheoryData<string> Paged => [.. PagedPaths];

    private static IEnumerable<string> PagedPaths => Routes.WithQuery.Where(
        static path => !path.Contains("/reports", StringComparison.Ordinal) && !path.Contains("/reservations", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task PlainList_IsAnswered(string path) => (await api.SendAsync("GET", path)).Status.ShouldBe(200);

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task UnknownParameter_IsRefused(string path)
    {
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var query in new[] { "isAdmin=true", "Limit=5", "offset=10", "page=-1", "size=1000000000" })
        {
            await RefusedAsync(path + mark + query, query is "Limit=5" ? null : "unknown_parameter");
        }
    }

    [Theory]
    [MemberData(nameof(Paged))]
    public async Task Limit_IsBetween1And100(string path)
    {
        foreach (var limit in new[] { "0", "-1", "101", "1000000000", "99999999999999999999", "1.5", "ten", "", "%00", "%2B1", "01", "-0", "1%00", "%201" })
        {
            await RefusedAsync($"{path}?limit={limit}");
        }

        (await api.SendAsync("GET", $"{path}?limit=100")).Status.ShouldBe(200);
    }

    // The others are short in these tests.
    public static TheoryData<string> OfManyPages => [.. PagedPaths.Where(static path => path is not ("/v1/categories" or "/v1/admin/ledger/balances"))];

    [Theory]
    [MemberData(nameof(OfManyPages))]
    public async Task Cursor_IsBoundToItsList(string path)
    {
        var first = await api.SendAsync("GET", $"{path}?limit=1");
        var cursor = first.Json.GetProperty("nextCursor").GetString()!;
        first.Json.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        first.Headers["Link"].ShouldBe($"<{path}?limit=1&cursor={cursor}>; rel=\"next\"");

        (await api.SendAsync("GET", $"{path}?limit=2&cursor={cursor}")).Status.ShouldBe(200);

        var before = api.Grains.Calls.Count;
        foreach (var bad in new[] { cursor[1..], cursor + "AA", cursor + "=", cursor + "==", cursor + "%20", "%20" + cursor, Flip(cursor), "x", "%20", "1", new string('A', 700), "../../etc/passwd" })
        {
            (await api.SendAsync("GET", $"{path}?cursor={bad}")).ShouldBeProblem(400, "invalid_cursor");
        }

        var other = path.Contains("/outbox", StringComparison.Ordinal) ? "/v1/admin/sagas" : "/v1/admin/outbox";
        (await api.SendAsync("GET", $"{other}?cursor={cursor}")).ShouldBeProblem(400, "invalid_cursor");
        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("/v1/products?sort=-price", "/v1/products?sort=price&cursor=")]
    [InlineData("/v1/products?query=mug", "/v1/products?query=jug&cursor=")]
    [InlineData("/v1/products?price[gte]=5", "/v1/products?cursor=")]
    [InlineData("/v1/admin/orders?status=confirmed", "/v1/admin/orders?status=failed&cursor=")]
    [InlineData("/v1/products?sku=A", "/v1/products?sku=B&cursor=")]
    [InlineData("/v1/admin/products?status=archived", "/v1/admin/products?status=active&cursor=")]
    [InlineData("/v1/admin/products", "/v1/products?cursor=")]
    [InlineData("/v1/admin/orders?email=a@b.example", "/v1/admin/orders?email=b@b.example&cursor=")]
    [InlineData("/v1/admin/ledger?account=cash", "/v1/admin/ledger?account=sales&cursor=")]
    public async Task CursorOfOtherFilters_IsRefused(string path, string other)
    {
        var cursor = (await api.SendAsync("GET", path)).Json.GetProperty("nextCursor").GetString();

        (await api.SendAsync("GET", other + cursor)).ShouldBeProblem(400, "invalid_cursor");
    }

    [Theory]
    [InlineData("/v1/products?sort=name;drop")]
    [InlineData("/v1/products?sort=version")]
    [InlineData("/v1/products?price[gte]=-1")]
    [InlineData("/v1/products?price[gte]=1.99")]
    [InlineData("/v1/products?currency=XXQ")]
    [InlineData("/v1/products?inStock=1")]
    [InlineData("/v1/products?query=a&query=b")]
    [InlineData("/v1/products?query=a%00b")]
    [InlineData("/v1/products?sku=a/b")]
    [InlineData("/v1/products?sku=")]
    [InlineData("/v1/products?status=archived")]
    [InlineData("/v1/admin/products?status=Archived")]
    [InlineData("/v1/admin/products?archived=true")]
    [InlineData("/v1/admin/orders?number=")]
    [InlineData("/v1/admin/orders?number=607182-93A4B5-607182-93A4B5")]
    [InlineData("/v1/admin/orders?email=")]
    [InlineData("/v1/admin/orders?status=Confirmed")]
    [InlineData("/v1/admin/orders?placedAt[gte]=2011-12-09")]
    [InlineData("/v1/admin/orders?placedAt[gte]=2011-12-09T12:00:00")]
    [InlineData("/v1/admin/reports/sales?from=09/12/2011")]
    [InlineData("/v1/admin/reports/sales?by=year")]
    [InlineData("/v1/admin/reservations")]
    [InlineData("/v1/admin/reservations?sku=a/b")]
    [InlineData("/v1/admin/sagas?state=zzz")]
    [InlineData("/v1/admin/sagas?state=Refunding")]
    [InlineData("/v1/admin/reports/sales?from=2011-12-09&to=2011-12-08")]
    [InlineData("/v1/admin/reports/best-sellers?from=2011-12-09&to=2011-12-08")]
    public Task InvalidFilter_IsRefused(string path) => RefusedAsync(path);

    [Theory]
    [InlineData("/v1/admin/sagas?state=nonterminal")]
    [InlineData("/v1/admin/sagas?state=refunding")]
    [InlineData("/v1/admin/reports/sales?from=2011-12-09&to=2011-12-09")]
    [InlineData("/v1/admin/reports/best-sellers?to=2011-12-09")]
    public async Task ValidFilter_IsAccepted(string path) => (await api.SendAsync("GET", path)).Status.ShouldBe(200);

    [Theory]
    [InlineData("' OR 1=1--")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("(a+)+$")]
    [InlineData("((((((((((")]
    public async Task SearchText_ReachesTheQueryUnchanged(string text)
    {
        (await api.SendAsync("GET", $"/v1/products?query={Uri.EscapeDataString(text)}")).Status.ShouldBe(200);

        ((ProductQuery)api.Grains.Calls[^1].Arguments[0]!).Text.ShouldBe(text);
    }

    [Fact]
    public async Task SearchTextOf10Kilobytes_IsRefused() => await RefusedAsync($"/v1/products?query={new string('a', 6_000)}");

    [Fact]
    public async Task Filters_ReachTheQueryUnchanged()
    {
        await api.SendAsync("GET", "/v1/products?query=Mug&category=kitchen&currency=EUR&price[gte]=100&price[lte]=900&inStock=true&sort=-price&limit=7");

        api.Grains.Calls[^1].Arguments[0].ShouldBe(new ProductQuery("Mug", "kitchen", "EUR", 100, 900, true, "-price", null, 7));
    }

    [Fact]
    public async Task LookUps_ReachTheQueryUnchanged()
    {
        await api.SendAsync("GET", "/v1/products?sku=85123A");
        api.Grains.Calls[^1].Arguments[0].ShouldBe(new ProductQuery(null, null, "GBP", null, null, null, "name", null, 25, new Sku("85123A"), Archived: false));

        await api.SendAsync("GET", "/v1/admin/products?sku=85123A");
        api.Grains.Calls[^1].Arguments[0].ShouldBe(new ProductQuery(null, null, "GBP", null, null, null, "name", null, 25, new Sku("85123A"), Archived: null));

        await api.SendAsync("GET", "/v1/admin/products?status=archived&query=Mug&limit=7");
        api.Grains.Calls[^1].Arguments[0].ShouldBe(new ProductQuery("Mug", null, "GBP", null, null, null, "name", null, 7, Sku: null, Archived: true));

        await api.SendAsync("GET", "/v1/admin/orders?number=607182-93A4B5&email=Ada@example.org");
        api.Grains.Calls[^1].Arguments[0].ShouldBe(new OrderQuery(null, null, null, null, null, Descending: true, null, 25, "607182-93A4B5", "Ada@example.org"));
    }

    [Fact]
    public async Task Product_IsRevalidatedByItsETag()
    {
        var path = $"/v1/products/{TestApi.Product}";
        var fresh = await api.SendAsync("GET", path, ifMatch: null);
        fresh.Headers["ETag"].ShouldBe("\"7\"");
        fresh.Headers["Cache-Control"].ShouldStartWith("public, max-age=");

        var again = await api.SendAsync("GET", path, ifMatch: null, adjust: static request => request.Headers.TryAddWithoutValidation("If-None-Match", "\"6\", \"7\""));
        (again.Status, again.Body, again.Headers["ETag"]).ShouldBe((304, string.Empty, "\"7\""));

        var changed = await api.SendAsync("GET", path, ifMatch: null, adjust: static request => request.Headers.TryAddWithoutValidation("If-None-Match", "\"6\""));
        changed.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("PUT", "/v1/admin/products/" + TestApi.Product)]
    [InlineData("DELETE", "/v1/admin/products/" + TestApi.Product)]
    [InlineData("PUT", "/v1/admin/categories/mugs")]
    [InlineData("DELETE", "/v1/admin/categories/mugs")]
    [InlineData("PUT", "/v1/admin/stock/SKU-1/policy")]
    public async Task AdminChange_RequiresIfMatch(string method, string path)
    {
        var body = Routes.WithBody.SingleOrDefault(route => string.Equals(route.Method, method, StringComparison.Ordinal) && string.Equals(route.Path, path, StringComparison.Ordinal))?.Body;
        var before = api.Grains.Calls.Count;

        (await api.SendAsync(method, path, body, ifMatch: null)).ShouldBeProblem(428, "precondition_required");
        foreach (var bad in new[] { "7", "\"7", "\"7\", \"8\"", "" })
        {
            (await api.SendAsync(method, path, body, ifMatch: bad)).Code.ShouldBe(bad.Length == 0 ? "precondition_required" : "invalid_precondition");
        }

        api.Grains.Calls.Count.ShouldBe(before);
        (await api.SendAsync(method, path, body, ifMatch: "W/\"7\"")).Status.ShouldBeLessThan(300);
        api.Grains.Calls[^1].Arguments.OfType<long>().ShouldBe([-1L]);
        (await api.SendAsync(method, path, body, ifMatch: "\"41\"")).Status.ShouldBeLessThan(300);
        api.Grains.Calls[^1].Arguments.OfType<long>().ShouldBe([41L]);
    }

    [Fact]
    public async Task NewProduct_IsCreatedUnderTheClientsId()
    {
        var body = Routes.WithBody.Single(static route => route.Method is "PUT" && route.Path.Contains("/products/", StringComparison.Ordinal)).Body;

        var reply = await api.SendAsync(
            "PUT", $"/v1/admin/products/{TestApi.Product}", body, ifMatch: null,
            adjust: static request => request.Headers.TryAddWithoutValidation("If-None-Match", "*"));

        reply.Status.ShouldBe(201);
        api.Grains.Calls[^1].Key.ShouldBe(TestApi.Product);
        api.Grains.Calls[^1].Arguments[1].ShouldBe(0L);
        ((ProductDraft)api.Grains.Calls[^1].Arguments[0]!).Variants.Single().Prices.Single().ShouldBe(new Money(599, "GBP"));
    }

    private static string Flip(string cursor) => (cursor[0] == 'A' ? 'B' : 'A') + cursor[1..];

    private async Task RefusedAsync(string path, string? error = null)
    {
        var before = api.Grains.Calls.Count;

        var reply = await api.SendAsync("GET", path);

        reply.ShouldBeProblem(400, "validation_failed");
        reply.Errors("pointer").ShouldAllBe(static at => at!.StartsWith("query:", StringComparison.Ordinal));
        if (error is not null)
        {
            reply.Errors("code").ShouldContain(error, StringComparer.Ordinal);
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }
}
