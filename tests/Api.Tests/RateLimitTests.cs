using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ActorShop.Api.Limits;
using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

/// <summary>
/// Goal: one caller cannot take the shop from the others, and learns what is left of its quota.
/// Method: requests from chosen addresses, on a clock that the test moves.
/// </summary>
public sealed class RateLimitTests
{
    private const string ImportKey = "key-of-an-import";

    private const string CheckoutPath = $"/v1/carts/{TestApi.Cart}/checkout";

    private const string Checkout =
        """{"email":"ada@example.org","shippingAddress":{"name":"Ada","line1":"1","city":"Leeds","postalCode":"LS1","country":"GB"},"payment":{"token":"tok_ok"}}""";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Theory]
    [InlineData("Browse", "GET", "/v1/products")]
    [InlineData("Browse", "GET", "/v1/stock/A")]
    [InlineData("Browse", "GET", "/v1/nothing")]
    [InlineData("Browse", "GET", "/openapi/v1.json")]
    [InlineData("Browse", "HEAD", "/v1/products")]
    [InlineData("Cart", "GET", "/v1/carts/" + TestApi.Cart)]
    [InlineData("Cart", "GET", "/v1/orders/" + TestApi.Order)]
    [InlineData("Checkout", "POST", CheckoutPath)]
    [InlineData("Cart", "POST", "/v1/orders/" + TestApi.Order + "/cancel")]
    [InlineData("Admin", "GET", "/v1/admin/orders")]
    public async Task Caller_IsRefusedBeyondItsQuota_UntilTheMinuteIsOver(string kind, string method, string path)
    {
        await using var api = Api((kind, "3"));
        for (var left = 2; left >= 0; left--)
        {
            var reply = await SendAsync(api, method, path, kind is "Admin" ? TestApi.AdminKey : null);

            reply.Status.ShouldNotBe(429, reply.Body);
            QuotaOf(reply).ShouldBe(("3", left.ToString(CultureInfo.InvariantCulture), (60 - (10 * (2 - left))).ToString(CultureInfo.InvariantCulture)));
            reply.Headers.Keys.ShouldNotContain("Retry-After", StringComparer.OrdinalIgnoreCase);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        var calls = api.Grains.Calls.Count;
        var refused = await SendAsync(api, method, path, kind is "Admin" ? TestApi.AdminKey : null);
        refused.Status.ShouldBe(429);
        refused.Headers["Retry-After"].ShouldBe("30");
        QuotaOf(refused).ShouldBe(("3", "0", "30"));
        if (method is not "HEAD")
        {
            refused.ShouldBeProblem(429, "rate_limited");
        }

        api.Grains.Calls.Count.ShouldBe(calls);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await SendAsync(api, method, path, kind is "Admin" ? TestApi.AdminKey : null)).Headers["RateLimit-Remaining"].ShouldBe("2");
    }

    [Fact]
    public async Task CachedAnswer_TellsEachCallerItsOwnQuota()
    {
        const string Product = $"/v1/products/{TestApi.Product}";
        await using var api = Api(("Browse", "9"));
        await GetAsync(api, "/v1/products", "192.0.2.1");
        _clock.Advance(TimeSpan.FromSeconds(10));

        foreach (var (address, remaining, reset) in new[] { ("192.0.2.1", "7", "50"), ("192.0.2.2", "8", "60"), ("192.0.2.3", "8", "60"), ("192.0.2.1", "6", "50") })
        {
            var answer = await AnswerAsync(api, Product, address);
            (answer.Headers["RateLimit-Limit"].ToString(), answer.Headers["RateLimit-Remaining"].ToString(), answer.Headers["RateLimit-Reset"].ToString())
                .ShouldBe(("9", remaining, reset), address);
        }

        api.Grains.Calls.Count(static call => call.Grain == typeof(IProductGrain)).ShouldBe(1);
    }

    [Fact]
    public async Task CachedAnswer_IsRefusedBeyondTheQuota()
    {
        await using var api = Api(("Browse", "3"));
        foreach (var (status, remaining) in new[] { (200, "2"), (200, "1"), (200, "0"), (429, "0"), (429, "0") })
        {
            var reply = await SendAsync(api, "GET", $"/v1/products/{TestApi.Product}", token: null);
            (reply.Status, reply.Headers["RateLimit-Remaining"]).ShouldBe((status, remaining));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        (await SendAsync(api, "GET", $"/v1/products/{TestApi.Product}", token: null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task RefusalOfAFormat_IsCounted()
    {
        await using var api = Api(("Browse", "2"));
        foreach (var (status, remaining) in new[] { (406, "1"), (406, "0"), (429, "0") })
        {
            var reply = await api.SendAsync("GET", "/v1/stock/A", token: null, adjust: static request => request.Headers.TryAddWithoutValidation("Accept", "text/html"));
            (reply.Status, reply.Headers["RateLimit-Remaining"]).ShouldBe((status, remaining));
        }
    }

    [Fact]
    public async Task Callers_AndKindsOfRoutes_AreCountedApart()
    {
        await using var api = Api(("Browse", "1"), ("Cart", "1"));

        (await GetAsync(api, "/v1/products", "192.0.2.1")).ShouldBe(200);
        (await GetAsync(api, "/v1/products", "192.0.2.1")).ShouldBe(429);
        (await GetAsync(api, $"/v1/carts/{TestApi.Cart}", "192.0.2.1")).ShouldBe(200);
        (await GetAsync(api, "/v1/products", "192.0.2.2")).ShouldBe(200);
        (await GetAsync(api, "/v1/products", "::ffff:192.0.2.2")).ShouldBe(429);
        (await GetAsync(api, "/v1/products", "2001:db8:1:2::1")).ShouldBe(200);
        (await GetAsync(api, "/v1/products", "2001:db8:1:2:ffff::9")).ShouldBe(429);
        (await GetAsync(api, "/v1/products", "2001:db8:1:3::1")).ShouldBe(200);
        (await GetAsync(api, "/v1/products", "192.0.2.1", TestApi.AdminKey)).ShouldBe(200);
        (await GetAsync(api, "/v1/products", "192.0.2.3", TestApi.AdminKey)).ShouldBe(429);
        (await GetAsync(api, "/v1/products", "192.0.2.3", TestApi.ReportsKey)).ShouldBe(200);
    }

    [Fact]
    public async Task UnknownKeys_AreCountedByAddress_AndDoNotLockOutKnownOnes()
    {
        await using var api = Api(("Credentials", "2"));

        foreach (var status in new[] { 401, 401, 429, 429 })
        {
            (await GetAsync(api, "/v1/admin/orders", "192.0.2.1", "a guess")).ShouldBe(status);
        }

        (await GetAsync(api, "/v1/admin/orders", "192.0.2.1", TestApi.AdminKey)).ShouldBe(200);
        (await GetAsync(api, "/v1/admin/orders", "192.0.2.2", "a guess")).ShouldBe(401);
    }

    [Fact]
    public async Task ImportKeys_AndHealth_HaveNoLimit()
    {
        await using var api = Api(("Browse", "1"), ("Admin", "1"), ("Cart", "1"));
        for (var i = 0; i < 5; i++)
        {
            (await GetAsync(api, "/health/live", "192.0.2.1")).ShouldBe(200);
            (await GetAsync(api, "/health/ready", "192.0.2.1")).ShouldBe(200);
            (await GetAsync(api, "/v1/admin/orders", "192.0.2.1", ImportKey)).ShouldBe(403);
            var reply = await SendAsync(api, "GET", "/v1/products", ImportKey);
            reply.Status.ShouldBe(200);
            reply.Headers.Keys.ShouldNotContain("RateLimit-Limit", StringComparer.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Defaults_AreThoseOfTheDocuments()
    {
        await using var api = Api();

        (await SendAsync(api, "GET", "/v1/products", token: null)).Headers["RateLimit-Limit"].ShouldBe("600");
        (await SendAsync(api, "GET", $"/v1/carts/{TestApi.Cart}", token: null)).Headers["RateLimit-Limit"].ShouldBe("300");
        (await SendAsync(api, "POST", CheckoutPath, token: null)).Headers["RateLimit-Limit"].ShouldBe("20");
        (await SendAsync(api, "GET", "/v1/products", "a guess")).Headers["RateLimit-Limit"].ShouldBe("20");
        (await SendAsync(api, "GET", "/v1/admin/orders", TestApi.AdminKey)).Headers["RateLimit-Limit"].ShouldBe("3000");
    }

    [Fact]
    public async Task ForwardedAddress_CountsOnlyFromAProxyThatIsConfigured()
    {
        await using var trusting = Api(("Browse", "1"), ("Proxies:0", "192.0.2.0/24"), ("Proxies:1", "203.0.113.7"));
        (await GetAsync(trusting, "/v1/products", "192.0.2.1", forwarded: "198.51.100.1")).ShouldBe(200);
        (await GetAsync(trusting, "/v1/products", "192.0.2.1", forwarded: "198.51.100.2")).ShouldBe(200);
        (await GetAsync(trusting, "/v1/products", "192.0.2.9", forwarded: "198.51.100.1")).ShouldBe(429);

        // What a client adds stands before what the proxy appends, and the second proxy is known too.
        (await GetAsync(trusting, "/v1/products", "192.0.2.1", forwarded: "198.51.100.77, 198.51.100.2, 203.0.113.7")).ShouldBe(429);
        (await GetAsync(trusting, "/v1/products", "198.51.100.3", forwarded: "198.51.100.4")).ShouldBe(200);
        (await GetAsync(trusting, "/v1/products", "198.51.100.3", forwarded: "198.51.100.5")).ShouldBe(429);

        await using var trustless = Api(("Browse", "1"));
        (await GetAsync(trustless, "/v1/products", "127.0.0.1", forwarded: "198.51.100.1")).ShouldBe(200);
        (await GetAsync(trustless, "/v1/products", "127.0.0.1", forwarded: "198.51.100.2")).ShouldBe(429);
    }

    [Fact]
    public void InvalidSettings_EndTheStart()
    {
        foreach (var (name, value) in new[] { ("Browse", "0"), ("Checkout", "many"), ("Proxies:0", "proxy.example"), ("Proxies:0", "10.0.0.0/99") })
        {
            Should.Throw<Exception>(() => Api((name, value)));
        }
    }

    [Fact]
    public async Task Checkouts_OfOneCallerAtATime_AreBounded()
    {
        await using var api = Api(("MaxConcurrentCheckouts", "2"));
        var answer = new TaskCompletionSource<CheckoutResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new SemaphoreSlim(0);
        api.Grains.On<ICartGrain>("CheckoutAsync", _ =>
        {
            entered.Release();
            return answer.Task;
        });
        var running = new[] { SendAsync(api, "POST", CheckoutPath, token: null), SendAsync(api, "POST", CheckoutPath, token: null) };
        await entered.WaitAsync(TimeSpan.FromSeconds(30));
        await entered.WaitAsync(TimeSpan.FromSeconds(30));

        var refused = await SendAsync(api, "POST", CheckoutPath, token: null);
        refused.ShouldBeProblem(429, "rate_limited");
        refused.Headers["Retry-After"].ShouldBe("1");
        (await GetAsync(api, $"/v1/carts/{TestApi.Cart}", "192.0.2.1")).ShouldBe(200);
        var other = SendAsync(api, "POST", CheckoutPath, TestApi.AdminKey);
        (await entered.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();

        answer.SetResult(new CheckoutResult.Empty());
        foreach (var reply in await Task.WhenAll([.. running, other]))
        {
            reply.ShouldBeProblem(422, "cart_empty");
        }

        (await SendAsync(api, "POST", CheckoutPath, token: null)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task SlowBodies_TakeNoPlaceOfACheckout()
    {
        await using var api = Api(_clock, onSockets: true, ("MaxConcurrentCheckouts", "1"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, api.Client.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {CheckoutPath} HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\nContent-Length: {Checkout.Length}\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n"));

        // The API reads the body.
        var buffer = new byte[100];
        Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)).ShouldStartWith("HTTP/1.1 100");
        (await SendAsync(api, "POST", CheckoutPath, token: null)).Status.ShouldBe(202);

        await stream.WriteAsync(Encoding.ASCII.GetBytes(Checkout));
        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 202");
    }

    [Fact]
    public async Task UnpaidOrders_OfOtherCallers_CostNothing()
    {
        var clock = new CountingTime();
        await using var api = Api(clock, onSockets: false);
        var order = Samples.Make<OrderView>() with { Status = OrderStatus.Pending };
        api.Grains.On<ICartGrain>("CheckoutAsync", _ => new CheckoutResult.Placed(order));
        async Task<long> CostAsync(int caller)
        {
            var before = clock.Reads;
            (await AnswerAsync(api, CheckoutPath, $"192.0.{caller / 100}.{caller % 100}", Checkout)).StatusCode.ShouldBe(202);
            return clock.Reads - before;
        }

        // A background task may read the clock beside one request, but hardly beside each of ten.
        async Task<long> LeastCostAsync(int from)
        {
            var least = long.MaxValue;
            for (var caller = from; caller < from + 10; caller++)
            {
                least = Math.Min(least, await CostAsync(caller));
            }

            return least;
        }

        await CostAsync(0);
        var first = await LeastCostAsync(1);
        for (var caller = 11; caller < 200; caller++)
        {
            await CostAsync(caller);
        }

        (await LeastCostAsync(200)).ShouldBe(first);

        // An hour later nothing of them is left.
        clock.Advance(TimeSpan.FromMinutes(61));
        await CostAsync(210);
        (await LeastCostAsync(211)).ShouldBe(first);
        api.Services.GetRequiredService<UnpaidOrders>().Callers.ShouldBe(11);
    }

    [Fact]
    public async Task UnpaidOrders_OfAnAnonymousCaller_AreBounded_UntilTheySettle()
    {
        await using var api = Api(("MaxPendingOrders", "2"));
        var status = CartStatus.CheckingOut;
        var order = Samples.Make<OrderView>();
        api.Grains.On<ICartGrain>("CheckoutAsync", _ => new CheckoutResult.Placed(order with { Status = OrderStatus.Pending }));
        api.Grains.On<ICartGrain>("GetSizeAsync", _ => new CartSize(status, 1));

        (await CheckOutAsync(api, cart: 1)).Status.ShouldBe(202);
        (await CheckOutAsync(api, cart: 2)).Status.ShouldBe(202);
        (await CheckOutAsync(api, cart: 2)).Status.ShouldBe(202, "a cart has one checkout at a time");
        var refused = await CheckOutAsync(api, cart: 3);
        refused.ShouldBeProblem(429, "too_many_unpaid_orders");
        refused.Headers["Retry-After"].ShouldBe("10");
        (await SendAsync(api, "POST", CheckoutPath, TestApi.AdminKey)).Status.ShouldBe(202);

        status = CartStatus.Ordered;
        (await CheckOutAsync(api, cart: 3)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task UnitsOfUnpaidOrders_OfAnAnonymousCaller_AreBounded()
    {
        await using var api = Api(("MaxPendingUnits", "10"));
        var order = Samples.Make<OrderView>();
        var units = 11;
        api.Grains.On<ICartGrain>("GetSizeAsync", _ => new CartSize(CartStatus.CheckingOut, units));
        api.Grains.On<ICartGrain>("CheckoutAsync", _ => new CheckoutResult.Placed(order with { Status = OrderStatus.Pending }));

        (await CheckOutAsync(api, cart: 1)).ShouldBeProblem(422, "too_many_units");
        api.Grains.Calls.ShouldNotContain(static call => call.Method == "CheckoutAsync");
        units = 6;
        (await CheckOutAsync(api, cart: 1)).Status.ShouldBe(202);
        (await CheckOutAsync(api, cart: 2)).ShouldBeProblem(429, "too_many_unpaid_orders");
        units = 4;
        (await CheckOutAsync(api, cart: 2)).Status.ShouldBe(202);

        // An hour later the shop has given up on them.
        _clock.Advance(TimeSpan.FromMinutes(61));
        units = 10;
        (await CheckOutAsync(api, cart: 3)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Checkout_ThatFails_HoldsNothing()
    {
        await using var api = Api(("MaxPendingOrders", "1"));
        foreach (var (number, result) in new CheckoutResult[] { new CheckoutResult.Empty(), new CheckoutResult.Placed(Samples.Make<OrderView>() with { Status = OrderStatus.Confirmed }) }.Index())
        {
            api.Grains.On<ICartGrain>("CheckoutAsync", _ => result);
            (await CheckOutAsync(api, number)).Status.ShouldNotBe(429);
        }

        // The cart of a checkout with an unknown outcome counts until it is known to have none.
        api.Grains.On<ICartGrain>("CheckoutAsync", static _ => throw Faults.Of("timeout"));
        api.Grains.On<ICartGrain>("GetSizeAsync", static _ => new CartSize(CartStatus.Open, 1));
        (await CheckOutAsync(api, cart: 3)).Status.ShouldBe(504);
        (await CheckOutAsync(api, cart: 4)).Status.ShouldBe(504);
    }

    private static Task<Reply> CheckOutAsync(TestApi api, int cart) =>
        api.SendAsync("POST", string.Create(CultureInfo.InvariantCulture, $"/v1/carts/cart_{cart:x32}/checkout"), Checkout, ifMatch: null, token: null);

    private static (string Limit, string Remaining, string Reset) QuotaOf(Reply reply) =>
        (reply.Headers["RateLimit-Limit"], reply.Headers["RateLimit-Remaining"], reply.Headers["RateLimit-Reset"]);

    private static Task<Reply> SendAsync(TestApi api, string method, string path, string? token) =>
        api.SendAsync(method, path, path is CheckoutPath ? Checkout : null, ifMatch: null, token: token);

    private static async Task<int> GetAsync(TestApi api, string path, string address, string? key = null, string? forwarded = null) =>
        (await AnswerAsync(api, path, address, body: null, key, forwarded)).StatusCode;

    private static async Task<HttpResponse> AnswerAsync(
        TestApi api, string path, string address, string? body = null, string? key = null, string? forwarded = null) => (await api.Server.SendAsync(http =>
    {
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        http.Request.Method = HttpMethods.Get;
        http.Request.Path = path;
        if (body is not null)
        {
            http.Request.Method = HttpMethods.Post;
            http.Request.ContentType = "application/json";
            http.Request.Headers["Idempotency-Key"] = "a-key";
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        if (key is not null)
        {
            http.Request.Headers.Authorization = $"Bearer {key}";
        }

        if (forwarded is not null)
        {
            http.Request.Headers["X-Forwarded-For"] = forwarded;
        }
    })).Response;

    private TestApi Api(params (string Name, string Value)[] settings) => Api(_clock, onSockets: false, settings);

    private static TestApi Api(TimeProvider clock, bool onSockets, params (string Name, string Value)[] settings) => new("Production", clock: clock, onSockets: onSockets, adjust: builder =>
    {
        builder.Configuration["Api:Limits:Enabled"] = "true";
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name.StartsWith("Proxies", StringComparison.Ordinal) ? $"Api:{name}" : $"Api:Limits:{name}"] = value;
        }

        builder.Configuration["Access:Keys:2:Name"] = "import";
        builder.Configuration["Access:Keys:2:Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(ImportKey)));
        builder.Configuration["Access:Keys:2:Scopes:0"] = "import";
        builder.Logging.SetMinimumLevel(LogLevel.None);
    });

    /// <summary>Time that counts how often it is measured.</summary>
    private sealed class CountingTime : FakeTimeProvider
    {
        private long _reads;

        public long Reads => Interlocked.Read(ref _reads);

        public override long TimestampFrequency
        {
            get
            {
                Interlocked.Increment(ref _reads);
                return base.TimestampFrequency;
            }
        }
    }
}
