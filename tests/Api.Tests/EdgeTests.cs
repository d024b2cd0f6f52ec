using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Api;

public sealed class EdgeTests(TestApi api) : IClassFixture<TestApi>
{
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"];

    private static readonly (string Name, string Bad, int Status)[] BadIds =
    [
        ("{id}", "1", 404), ("{id}", "'%20OR%201=1--", 404), ("{id}", "..%2f..%2fetc%2fpasswd", 404), ("{id}", Samples.Digits, 404),
        ("{code}", "NO%20SUCH", 404), ("{code}", "..%2f", 404),
        ("{sku}", "a%2Fb", 400), ("{sku}", "%20A", 400), ("{sku}", "A%0AB", 400), ("{sku}", new string('A', 65), 400),
    ];

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

    [Theory]
    [InlineData("DELETE", "/v1/products", "GET")]
    [InlineData("PATCH", "/v1/carts/" + TestApi.Cart, "GET")]
    [InlineData("TRACE", "/v1/carts", "POST")]
    [InlineData("OPTIONS", "/v1/carts", "POST")]
    [InlineData("FOO", "/v1/stock/A", "GET")]
    [InlineData("GET", "/v1/admin/products/" + TestApi.Product, "DELETE, PUT")]
    public async Task UnsupportedMethod_AnswersWithAllow(string method, string path, string allowed)
    {
        var reply = await api.SendAsync(method, path);

        reply.ShouldBeProblem(405, "method_not_allowed");
        reply.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal).ShouldBe(allowed.Split(", "));
    }

    [Fact]
    public async Task EveryRoute_RefusesOtherMethods()
    {
        var before = api.Grains.Calls.Count;
        foreach (var route in Mapped().GroupBy(static route => route.Path, StringComparer.Ordinal))
        {
            var known = route.Select(static route => route.Method).Order(StringComparer.Ordinal).ToArray();
            foreach (var verb in Verbs.Except(known, StringComparer.Ordinal))
            {
                var reply = await api.SendAsync(verb, Filled(route.Key));

                reply.ShouldBeProblem(405, "method_not_allowed");
                reply.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal).ShouldBe(known);
            }
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Fact]
    public async Task EveryRoute_WithAnInvalidId_ReachesNoGrain()
    {
        var before = api.Grains.Calls.Count;
        foreach (var (method, path) in Mapped())
        {
            var body = Routes.WithBody.FirstOrDefault(route =>
                string.Equals(route.Method, method, StringComparison.Ordinal) && string.Equals(route.Path, Filled(path), StringComparison.Ordinal))?.Body;
            foreach (var (name, bad, status) in BadIds.Where(bad => path.Contains(bad.Name, StringComparison.Ordinal)))
            {
                var reply = await api.SendAsync(method, Filled(path.Replace(name, bad, StringComparison.Ordinal)), body);

                (reply.Status, reply.ContentType).ShouldBe((status, "application/problem+json"), $"{method} {path} {bad}: {reply.Body}");
            }
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("GET", "/v1/carts/{0}", "cart_not_found")]
    [InlineData("PUT", "/v1/carts/{0}/items/A", "cart_not_found")]
    [InlineData("DELETE", "/v1/carts/{0}/items/A", "cart_not_found")]
    [InlineData("POST", "/v1/carts/{0}/checkout", "cart_not_found")]
    [InlineData("GET", "/v1/orders/{0}", "order_not_found")]
    [InlineData("GET", "/v1/orders/{0}/history", "order_not_found")]
    [InlineData("POST", "/v1/orders/{0}/cancel", "order_not_found")]
    [InlineData("GET", "/v1/products/{0}", "product_not_found")]
    [InlineData("PUT", "/v1/admin/products/{0}", "product_not_found")]
    [InlineData("DELETE", "/v1/admin/products/{0}", "product_not_found")]
    [InlineData("GET", "/v1/admin/orders/{0}", "order_not_found")]
    [InlineData("POST", "/v1/admin/orders/{0}/capture", "order_not_found")]
    [InlineData("POST", "/v1/admin/orders/{0}/refunds", "order_not_found")]
    [InlineData("GET", "/v1/admin/payments/{0}", "payment_not_found")]
    [InlineData("PUT", "/v1/admin/categories/{0}", "category_not_found")]
    public async Task InvalidId_IsNotFound_AndReachesNoGrain(string method, string path, string code)
    {
        var before = api.Grains.Calls.Count;
        foreach (var id in new[]
        {
            "1", "0", "-1", "cart_", "CART_" + Samples.Digits, "cart_" + Samples.Digits.ToUpperInvariant(), "cart_" + Samples.Digits + "0",
            "ord-" + Samples.Digits, "'%20OR%201=1--", "..%2f..%2fetc%2fpasswd", "00000000-0000-0000-0000-000000000000", "😀",
            "cart_" + new string('g', 32), new('a', 2_000),
        })
        {
            if (path.Contains("categories", StringComparison.Ordinal) && CodeAttribute.IsCode(id))
            {
                continue;
            }

            (await api.SendAsync(method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id))).ShouldBeProblem(404, code);
        }

        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("/v1/carts/" + TestApi.Cart, typeof(ICartGrain), "cart_not_found")]
    [InlineData("/v1/orders/" + TestApi.Order, typeof(IOrderGrain), "order_not_found")]
    [InlineData("/v1/admin/orders/" + TestApi.Order, typeof(IOrderGrain), "order_not_found")]
    [InlineData("/v1/products/" + TestApi.Product, typeof(ActorShop.Catalog.IProductGrain), "product_not_found")]
    [InlineData("/v1/admin/payments/" + TestApi.Payment, typeof(ActorShop.Payments.IPaymentGrain), "payment_not_found")]
    [InlineData("/v1/admin/categories/mugs", typeof(ActorShop.Catalog.ICategoryGrain), "category_not_found")]
    public async Task MissingResource_IsNotFound(string path, Type grain, string code)
    {
        await using var own = new TestApi();
        own.Grains.On(grain, "GetAsync", static _ => null);

        (await own.SendAsync("GET", path)).ShouldBeProblem(404, code);
    }

    [Fact]
    public async Task UnknownSku_IsNotFound()
    {
        await using var own = new TestApi();
        own.Grains.On<IStockGrain>("GetAsync", static _ => new StockLevel(new Sku("A"), 0, 0, StockPolicy.Tracked, 0, 0));
        own.Grains.On<IShopQueryGrain>("GetHistoryAsync", static _ => new Page<HistoryEntry>([], null));

        (await own.SendAsync("GET", "/v1/stock/A")).ShouldBeProblem(404, "sku_not_found");
        (await own.SendAsync("GET", "/v1/admin/stock/A/ledger")).ShouldBeProblem(404, "sku_not_found");
        (await own.SendAsync("GET", $"/v1/orders/{TestApi.Order}/history")).ShouldBeProblem(404, "order_not_found");
    }

    [Theory]
    [InlineData("%20A")]
    [InlineData("A%20")]
    [InlineData("a%2Fb")]
    [InlineData("a%2fb")]
    [InlineData("A%E2%80%AEB")]
    [InlineData("A%0AB")]
    [InlineData("%F0%9F%98%80")]
    public async Task InvalidSku_IsRefused_AndReachesNoGrain(string sku)
    {
        var before = api.Grains.Calls.Count;

        (await api.SendAsync("GET", $"/v1/stock/{sku}")).ShouldBeProblem(400, "validation_failed");
        (await api.SendAsync("PUT", $"/v1/carts/{TestApi.Cart}/items/{sku}", """{"quantity":1}""")).ShouldBeProblem(400, "validation_failed");
        (await api.SendAsync("GET", $"/v1/stock/{new string('A', 65)}")).ShouldBeProblem(400, "validation_failed");

        api.Grains.Calls.Count.ShouldBe(before);
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
        (await own.SendAsync("GET", $"/v1/admin/orders/{TestApi.Order}/history")).Body.ShouldContain("ada@example.org");
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
        await using var own = new TestApi();
        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => null);
        (await own.SendAsync("GET", "/health/ready", token: null)).ShouldBeProblem(503, "unavailable");

        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => "imported");
        (await own.SendAsync("GET", "/health/ready", token: null)).Status.ShouldBe(200);
        (await own.SendAsync("GET", "/health/ready", token: null)).Status.ShouldBe(200);
        own.Grains.Calls.Count(static call => call.Method is "GetOwnerAsync").ShouldBe(2);
    }

    [Fact]
    public async Task EmptyProductList_IsUnavailable_UntilTheSampleCatalogueIsImported()
    {
        await using var own = new TestApi();
        own.Grains.On<IShopQueryGrain>("FindProductsAsync", static _ => new ProductList(new Page<ProductSummary>([], Next: null), []));
        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => null);
        (await own.SendAsync("GET", "/v1/products", token: null)).ShouldBeProblem(503, "unavailable");

        own.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => "imported");
        (await own.SendAsync("GET", "/v1/products", token: null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task OperatorsPort_HasHealthDetails_AndNoPublicRoutes()
    {
        (await OperatorsAsync("/")).Status.ShouldBe(302);
        (await OperatorsAsync("/health/live")).Status.ShouldBe(200);
        (await OperatorsAsync("/health/details")).Body.ShouldContain("\"workingSetBytes\"");
        foreach (var path in new[] { "/v1/products", "/health/ready", "/openapi/v1.json", "/docs", "/docs/index.html" })
        {
            (await OperatorsAsync(path)).Status.ShouldBe(404, path);
        }
    }

    private IEnumerable<(string Method, string Path)> Mapped() => api.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(static endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
        .SelectMany(static endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
            static (endpoint, method) => (method, endpoint.RoutePattern.RawText!.TrimEnd('/')));

    private static string Filled(string path) => path
        .Replace("{id}", path switch
        {
            _ when path.Contains("/carts/", StringComparison.Ordinal) => TestApi.Cart,
            _ when path.Contains("/products/", StringComparison.Ordinal) => TestApi.Product,
            _ when path.Contains("/payments/", StringComparison.Ordinal) => TestApi.Payment,
            _ => TestApi.Order,
        }, StringComparison.Ordinal)
        .Replace("{sku}", "SKU-1", StringComparison.Ordinal)
        .Replace("{code}", "mugs", StringComparison.Ordinal);

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
