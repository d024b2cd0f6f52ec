using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

public sealed class EdgeTests(TestApi api) : IClassFixture<TestApi>
{
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"];

    private static readonly string[] BadIds =
    [
        "1", "0", "-1", "cart_", "CART_" + Samples.Digits, "cart_" + Samples.Digits.ToUpperInvariant(), "cart_" + Samples.Digits + "0",
        "ord-" + Samples.Digits, Samples.Digits, "'%20OR%201=1--", "..%2f..%2fetc%2fpasswd", "00000000-0000-0000-0000-000000000000", "😀",
        "cart_" + new string('g', 32), new('a', 2_000), "NO%20SUCH",
    ];

    private static readonly string[] BadSkus = ["%20A", "A%20", "a%2Fb", "a%2fb", "A%E2%80%AEB", "A%0AB", "%F0%9F%98%80", new('A', 65)];

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v2/products")]
    [InlineData("GET", "/swagger")]
    [InlineData("GET", "/.env")]
    [InlineData("GET", "/appsettings.json")]
    [InlineData("GET", "/actuator")]
    [InlineData("GET", "/dashboard")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/health/details")]
    public async Task UnknownPath_IsAProblem(string method, string path) =>
        (await api.SendAsync(method, path)).ShouldBeProblem(404, "route_not_found");

    [Fact]
    public async Task EveryRoute_RefusesOtherMethods()
    {
        var before = api.Grains.Calls.Count;
        foreach (var route in Routes.Mapped(api.Services).GroupBy(static route => route.Path, StringComparer.Ordinal))
        {
            var known = route.Select(static route => route.Method).Order(StringComparer.Ordinal).ToArray();
            foreach (var verb in Verbs.Except(known, StringComparer.Ordinal))
            {
                var reply = await api.SendAsync(verb, Routes.Filled(route.Key));

                reply.ShouldBeProblem(405, "method_not_allowed");
                reply.Headers["Allow"].Split(", ").ShouldBe(known.Contains("GET", StringComparer.Ordinal) ? [.. known, "HEAD"] : known, ignoreOrder: true);
            }
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Fact]
    public async Task EveryRoute_WithAnInvalidId_NamesTheResource_AndReachesNoGrain()
    {
        var before = api.Grains.Calls.Count;
        foreach (var (method, path) in Routes.Mapped(api.Services))
        {
            foreach (var (code, bad) in InvalidPaths(path))
            {
                var reply = await api.SendAsync(method, Routes.Filled(bad), path.EndsWith("{sku}", StringComparison.Ordinal) ? """{"quantity":1}""" : null);

                reply.ShouldBeProblem(code is "validation_failed" ? 400 : 404, code);
            }
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("/v1/carts/" + TestApi.Cart, typeof(ICartGrain), "cart_not_found")]
    [InlineData("/v1/orders/" + TestApi.Order, typeof(IOrderGrain), "order_not_found")]
    [InlineData("/v1/admin/orders/" + TestApi.Order, typeof(IOrderGrain), "order_not_found")]
    [InlineData("/v1/products/" + TestApi.Product, typeof(ActorShop.Catalog.IProductGrain), "product_not_found")]
    [InlineData("/v1/admin/payments/" + TestApi.Payment, typeof(IOrderGrain), "payment_not_found")]
    [InlineData("/v1/admin/categories/mugs", typeof(ActorShop.Catalog.ICategoryGrain), "category_not_found")]
    public async Task MissingResource_IsNotFound(string path, Type grain, string code)
    {
        await using var own = new TestApi();
        own.Grains.On(grain, "GetAsync", static _ => null);
        own.Grains.On<IOrderGrain>("GetPaymentAsync", static _ => null);

        (await own.SendAsync("GET", path)).ShouldBeProblem(404, code);
    }

    [Fact]
    public async Task SkuOfAProductWithoutStock_HasNoUnits()
    {
        await using var own = new TestApi();
        own.Grains.On<IStockGrain>("GetAsync", static _ => new StockLevel(new Sku("A"), 0, 0, StockPolicy.Tracked, 0, 0));

        var level = await own.SendAsync("GET", "/v1/stock/A");

        (level.Status, level.Json.GetProperty("onHand").GetInt32(), level.Json.GetProperty("inStock").GetBoolean(), level.Headers["ETag"])
            .ShouldBe((200, 0, false, "\"0\""));
    }

    [Fact]
    public async Task UnknownSku_IsNotFound()
    {
        await using var own = new TestApi();
        own.Grains.On<IStockGrain>("GetAsync", static _ => new StockLevel(new Sku("A"), 0, 0, StockPolicy.Tracked, 0, 0));
        own.Grains.On<IOfferGrain>("GetAsync", static _ => null);
        own.Grains.On<IShopQueryGrain>("GetHistoryAsync", static _ => new Page<HistoryEntry>([], null));

        (await own.SendAsync("GET", "/v1/stock/A")).ShouldBeProblem(404, "sku_not_found");
        (await own.SendAsync("GET", "/v1/admin/stock/A/ledger")).ShouldBeProblem(404, "sku_not_found");
        (await own.SendAsync("GET", $"/v1/orders/{TestApi.Order}/history")).ShouldBeProblem(404, "order_not_found");
        own.Grains.On<IShopQueryGrain>("GetHistoryAsync", static _ => new Page<HistoryEntry>([new(1, default, "failed", "{}")], null));
        own.Grains.On<IOrderGrain>("GetAsync", static _ => null);
        (await own.SendAsync("GET", $"/v1/orders/{TestApi.Order}/history")).ShouldBeProblem(404, "order_not_found");
    }

    [Theory]
    [InlineData("MUG%201", "sku/MUG 1")]
    [InlineData("020235", "sku/020235")]
    [InlineData("%D0%90", "sku/А")]
    [InlineData("%27%20OR%201=1--", "sku/' OR 1=1--")]
    [InlineData("a+b", "sku/a+b")]
    public async Task Sku_ReachesTheGrainUnchanged(string sku, string key)
    {
        (await api.SendAsync("GET", $"/v1/stock/{sku}")).Status.ShouldBe(200);

        api.Grains.Calls[^1].Key.ShouldBe(key);
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/xml", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("*/*", 200)]
    [InlineData("application/*", 200)]
    [InlineData("text/html, application/json;q=0.5", 200)]
    [InlineData("text/html, */*;q=0.1", 200)]
    public async Task Accept_IsHonoured(string accept, int status)
    {
        var reply = await api.SendAsync("GET", "/v1/stock/A", adjust: request => request.Headers.TryAddWithoutValidation("Accept", accept));

        reply.Status.ShouldBe(status, reply.Body);
        if (status == 406)
        {
            reply.ShouldBeProblem(406, "not_acceptable");
        }
    }

    [Fact]
    public async Task RequestId_IsEchoed_UnlessItIsInvalid()
    {
        async Task<string> IdOf(string sent) => (await api.SendAsync(
            "GET", "/v1/stock/A", adjust: request => request.Headers.TryAddWithoutValidation("X-Request-Id", sent))).Headers["X-Request-Id"];

        (await IdOf("my-request-1")).ShouldBe("my-request-1");
        (await IdOf("has space")).ShouldNotContain(" ");
        (await IdOf(new string('x', 129))).Length.ShouldBeLessThan(129);
    }

    [Fact]
    public async Task OtherOrigins_GetNoCorsHeaders()
    {
        foreach (var origin in new[] { "https://evil.example", "null" })
        {
            var reply = await api.SendAsync("GET", "/v1/stock/A", adjust: request => request.Headers.TryAddWithoutValidation("Origin", origin));
            reply.Headers.Keys.ShouldNotContain("Access-Control-Allow-Origin", StringComparer.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("engine", 503, "unavailable")]
    [InlineData("shutdown", 503, "unavailable")]
    [InlineData("limit", 503, "unavailable")]
    [InlineData("rejection", 503, "unavailable")]
    [InlineData("timeout", 504, "outcome_unknown")]
    [InlineData("fault", 500, "internal_error")]
    public async Task GrainFault_IsAProblemWithoutInternals(string kind, int status, string code)
    {
        await using var own = new TestApi();
        own.Grains.On<IStockGrain>("GetAsync", _ => throw Faults.Of(kind));

        var reply = await own.SendAsync("GET", "/v1/stock/A");

        reply.ShouldBeProblem(status, code);
        reply.Body.ShouldNotContain("Secret");
        reply.Headers.Keys.Contains("Retry-After", StringComparer.OrdinalIgnoreCase).ShouldBe(status == 503);
    }

    [Fact]
    public async Task MinimalPreference_AnswersWithTheETagOnly()
    {
        await using var own = new TestApi();
        own.Grains.On<ICartGrain>("SetItemAsync", static _ => new CartResult.Changed(null, 9));

        var reply = await own.SendAsync(
            "PUT", $"/v1/carts/{TestApi.Cart}/items/A", """{"quantity":2}""", ifMatch: null,
            adjust: static request => request.Headers.TryAddWithoutValidation("Prefer", "return=minimal"));

        (reply.Status, reply.Body, reply.Headers["ETag"], reply.Headers["Preference-Applied"]).ShouldBe((204, string.Empty, "\"9\"", "return=minimal"));
        own.Grains.Calls.Single().Arguments.ShouldBe([new Sku("A"), 2, null, false]);
    }

    [Fact]
    public async Task PublicHistory_ShowsNoEventData()
    {
        await using var own = new TestApi();
        var placed = new HistoryEntry(1, DateTimeOffset.UnixEpoch, "placed", """{"command":{"email":"ada@example.org","shippingAddress":{"line1":"1 Row"}}}""");
        own.Grains.On<IShopQueryGrain>("GetHistoryAsync", _ => new Page<HistoryEntry>([placed], Next: null));

        var steps = await own.SendAsync("GET", $"/v1/orders/{TestApi.Order}/history", token: null);
        steps.Json.GetProperty("data")[0].EnumerateObject().Select(static member => member.Name).ShouldBe(["sequence", "at", "type"]);
        steps.Body.ShouldNotContain("ada@example.org");
        steps.Body.ShouldNotContain("1 Row");

        (await own.SendAsync("GET", $"/v1/admin/orders/{TestApi.Order}/history", token: null)).Status.ShouldBe(401);
        (await own.SendAsync("GET", $"/v1/admin/orders/{TestApi.Order}/history")).Body.ShouldNotContain("1 Row");
    }

    [Fact]
    public async Task Health_IsLive_WhileTheShopDoesNotAnswer()
    {
        await using var own = new TestApi();
        own.Grains.On<IShopQueryGrain>("GetOutboxAsync", static _ => throw Faults.Of("engine"));

        (await own.SendAsync("GET", "/health/live", token: null)).Status.ShouldBe(200);
        (await own.SendAsync("GET", "/health/ready", token: null)).ShouldBeProblem(503, "unavailable");
        (await api.SendAsync("GET", "/health/ready", token: null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Health_IsNotReady_UntilTheFirstStartHasEnded()
    {
        var clock = new FakeTimeProvider();
        await using var own = WithSampleCatalogue(clock);
        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => null);
        (await own.SendAsync("GET", "/health/ready", token: null)).ShouldBeProblem(503, "unavailable");

        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => "imported");
        for (var i = 0; i < 2; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            (await own.SendAsync("GET", "/health/ready", token: null)).Status.ShouldBe(200);
        }

        own.Grains.Calls.Count(static call => call.Method is "GetOwnerAsync").ShouldBe(2);
    }

    [Fact]
    public async Task Readiness_IsCheckedOnceForAllWhoAsk_AndAgainHalfASecondLater()
    {
        var clock = new FakeTimeProvider();
        await using var own = new TestApi(Environments.Production, clock: clock);
        var answer = new TaskCompletionSource<Page<OutboxEntry>>(TaskCreationOptions.RunContinuationsAsynchronously);
        own.Grains.On<IShopQueryGrain>("GetOutboxAsync", _ => answer.Task);
        var asked = Enumerable.Range(0, 20).Select(_ => own.SendAsync("GET", "/health/ready", token: null)).ToArray();

        // One who leaves does not end the check for the others.
        using var impatient = new CancellationTokenSource();
        var left = own.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);

        answer.SetResult(new Page<OutboxEntry>([], Next: null));
        (await Task.WhenAll(asked)).ShouldAllBe(static reply => reply.Status == 200);
        clock.Advance(TimeSpan.FromMilliseconds(400));
        (await own.SendAsync("GET", "/health/ready", token: null)).Status.ShouldBe(200);
        own.Grains.Calls.Count(static call => call.Method is "GetOutboxAsync").ShouldBe(1);

        own.Grains.On<IShopQueryGrain>("GetOutboxAsync", static _ => throw Faults.Of("engine"));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        (await own.SendAsync("GET", "/health/ready", token: null)).ShouldBeProblem(503, "unavailable");
    }

    [Fact]
    public async Task EmptyProductList_IsUnavailable_UntilTheSampleCatalogueIsImported()
    {
        await using var own = WithSampleCatalogue();
        own.Grains.On<IShopQueryGrain>("FindProductsAsync", static _ => new ProductList(new Page<ProductSummary>([], Next: null), []));
        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => null);
        (await own.SendAsync("GET", "/v1/products", token: null)).ShouldBeProblem(503, "unavailable");

        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => "imported");
        (await own.SendAsync("GET", "/v1/products", token: null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task OperatorsPort_HasHealthDetails_AndNoPublicRoutes()
    {
        (await OperatorsAsync("/health/live")).Status.ShouldBe(200);
        (await OperatorsAsync("/health/details")).Body.ShouldContain("\"workingSetBytes\"");
        foreach (var path in new[] { "/v1/products", "/health/ready", "/openapi/v1.json", "/docs", "/docs/index.html" })
        {
            (await OperatorsAsync(path)).Status.ShouldBe(404, path);
        }
    }

    private static TestApi WithSampleCatalogue(TimeProvider? clock = null) =>
        new(Environments.Production, adjust: static builder => builder.Configuration["Shop:SampleCatalogue"] = "true", clock: clock);

    private static IEnumerable<(string Code, string Path)> InvalidPaths(string path)
    {
        var segments = path.Split('/');
        foreach (var (index, segment) in segments.Index())
        {
            var (code, bad) = (segment, index == 0 ? "" : segments[index - 1]) switch
            {
                ("{sku}", _) => ("validation_failed", BadSkus),
                ("{code}", _) => ("category_not_found", BadIds.Where(static id => !CodeAttribute.IsCode(id))),
                ("{id}", var resource) => ($"{resource[..^1]}_not_found", BadIds),
                _ => ("", (IEnumerable<string>)[]),
            };
            foreach (var id in bad)
            {
                yield return (code, string.Join('/', segments.Select((other, at) => at == index ? id : other)));
            }
        }
    }

    private async Task<(int Status, string? ContentType, string Body)> OperatorsAsync(string path)
    {
        var context = await api.Server.SendAsync(http =>
        {
            http.Connection.LocalPort = 8081;
            http.Request.Method = HttpMethods.Get;
            http.Request.Path = path;
        });
        using var reader = new StreamReader(context.Response.Body);
        return (context.Response.StatusCode, context.Response.ContentType, await reader.ReadToEndAsync());
    }
}
