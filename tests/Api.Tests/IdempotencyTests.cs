using ActorShop.Inventory;
using ActorShop.Orders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

public sealed class IdempotencyTests
{
    private const string Path = "/v1/admin/stock/A/adjustments";
    private const string Body = """{"delta":1,"reason":"receipt"}""";

    public static TheoryData<string> KeyedRoutes =>
    [
        .. Routes.WithBody
            .Where(static route => route.Method is "POST" && route.Path is not ("/v1/carts" or "/v1/admin/products" or "/v1/admin/categories"))
            .Select(static route => route.ToString()),
    ];

    [Theory]
    [MemberData(nameof(KeyedRoutes))]
    public async Task PostThatMovesMoneyOrStock_RequiresAKey(string route)
    {
        await using var api = new TestApi();
        var target = Routes.WithBody.Single(candidate => string.Equals(candidate.ToString(), route, StringComparison.Ordinal));

        foreach (var missing in new[] { null, string.Empty })
        {
            (await api.SendAsync(target.Method, target.Path, target.Body, missing)).ShouldBeProblem(400, "idempotency_key_required");
        }

        foreach (var invalid in new[] { new string('k', 256), "ключ", "a\tb", "a\u0001b" })
        {
            (await api.SendAsync(target.Method, target.Path, target.Body, invalid)).ShouldBeProblem(400, "idempotency_key_invalid");
        }

        foreach (var second in new[] { "two", "one" })
        {
            var twice = await api.SendAsync(
                target.Method, target.Path, target.Body, "one", adjust: request => request.Headers.TryAddWithoutValidation("Idempotency-Key", second));
            twice.ShouldBeProblem(400, "idempotency_key_invalid");
        }

        api.Grains.Calls.ShouldBeEmpty();
        (await api.SendAsync(target.Method, target.Path, target.Body, key: new string('k', 255))).Status.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task Request_RunsUnderItsOperationId_AndIsStoredBeforeTheAnswer()
    {
        await using var api = new TestApi();

        var reply = await api.SendAsync("POST", Path, Body);

        reply.Status.ShouldBe(201);
        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["BeginAsync", "AdjustAsync", "FinishAsync"]);
        api.Grains.Calls[1].Arguments[0].ShouldBe(Samples.Digits);
        api.Grains.Calls[2].Arguments[1].ShouldBe(new Answer(201, reply.Body, reply.Headers["Location"], reply.Headers["ETag"]));
    }

    [Fact]
    public async Task Repeat_GetsTheStoredAnswer_AndDoesNotRun()
    {
        await using var api = new TestApi();
        api.Grains.On<IIdempotencyGrain>("BeginAsync", static _ => new BeginResult.Finished(new Answer(422, """{"code":"insufficient_stock"}""", null)));

        var reply = await api.SendAsync("POST", Path, Body);

        (reply.Status, reply.Body, reply.Headers["Idempotent-Replayed"], reply.ContentType)
            .ShouldBe((422, """{"code":"insufficient_stock"}""", "true", "application/problem+json"));
        api.Grains.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(typeof(BeginResult.Running), 409, "idempotency_in_progress")]
    [InlineData(typeof(BeginResult.Reused), 422, "idempotency_key_reused")]
    public async Task KeyThatIsInUse_IsRefused_AndDoesNotRun(Type found, int status, string code)
    {
        await using var api = new TestApi();
        api.Grains.On<IIdempotencyGrain>("BeginAsync", _ => Samples.Make(found));

        var reply = await api.SendAsync("POST", Path, Body);

        reply.ShouldBeProblem(status, code);
        api.Grains.Calls.Count.ShouldBe(1);
        if (status == 409)
        {
            reply.Headers["Retry-After"].ShouldBe("1");
        }
    }

    [Fact]
    public async Task RefusalByARule_IsStored()
    {
        await using var api = new TestApi();
        api.Grains.On<IStockGrain>("AdjustAsync", static _ => new AdjustResult.Insufficient(3));

        (await api.SendAsync("POST", Path, Body)).ShouldBeProblem(422, "insufficient_stock");

        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["BeginAsync", "AdjustAsync", "FinishAsync"]);
    }

    [Theory]
    [InlineData(typeof(OrderRefusal.OperationInProgress), "operation_in_progress", 409)]
    [InlineData(typeof(OrderRefusal.OrderNotConfirmed), "order_not_confirmed", 409)]
    [InlineData(typeof(OrderRefusal.TooManyOperations), "too_many_operations", 422)]
    public async Task TemporaryRefusal_ReleasesTheClaim_AndIsNotStored(Type refusal, string code, int status)
    {
        await using var api = new TestApi();
        api.Grains.On<IOrderGrain>("RefundAsync", _ => new OrderOperationResult.Busy(Samples.Make<OrderView>(), (OrderRefusal)Activator.CreateInstance(refusal)!));

        var reply = await api.SendAsync(
            "POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A","quantity":1}],"reason":"x"}""");

        reply.ShouldBeProblem(status, code);
        reply.Headers["Retry-After"].ShouldBe("1");
        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["BeginAsync", "RefundAsync", "AbandonAsync"]);
    }

    [Theory]
    [InlineData("timeout", 504, "outcome_unknown")]
    [InlineData("engine", 503, "unavailable")]
    [InlineData("shutdown", 503, "unavailable")]
    [InlineData("fault", 500, "internal_error")]
    public async Task Fault_ReleasesTheClaim_AndIsNotStored(string kind, int status, string code)
    {
        await using var api = new TestApi();
        api.Grains.On<IStockGrain>("AdjustAsync", _ => throw Faults.Of(kind));

        var reply = await api.SendAsync("POST", Path, Body);

        reply.ShouldBeProblem(status, code);
        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["BeginAsync", "AdjustAsync", "AbandonAsync"]);
        api.Grains.Calls[2].Arguments[0].ShouldBe(Samples.Digits);
    }

    [Fact]
    public async Task LongRequest_RenewsItsClaim_UntilItEnds()
    {
        var clock = new FakeTimeProvider();
        await using var api = new TestApi(Environments.Production, clock: clock);
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource<AdjustResult>());
        api.Grains.On<IStockGrain>("AdjustAsync", _ =>
        {
            entered.SetResult();
            return gate.Task;
        });

        var request = api.SendAsync("POST", Path, Body);
        await entered.Task;
        clock.Advance(IIdempotencyGrain.RenewEvery * 3);
        gate.SetResult(Samples.Make<AdjustResult>());
        (await request).Status.ShouldBe(201);
        clock.Advance(TimeSpan.FromMinutes(1));

        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["BeginAsync", "AdjustAsync", "RenewAsync", "RenewAsync", "RenewAsync", "FinishAsync"]);
        api.Grains.Calls[2].Arguments[0].ShouldBe(Samples.Digits);
    }

    [Fact]
    public async Task MissingResource_IsNotStored()
    {
        await using var api = new TestApi();
        api.Grains.On<IOrderGrain>("CancelByCustomerAsync", static _ => new OrderOperationResult.Unknown());

        (await api.SendAsync("POST", $"/v1/orders/{TestApi.Order}/cancel")).ShouldBeProblem(404, "order_not_found");

        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["BeginAsync", "CancelByCustomerAsync", "AbandonAsync"]);
    }

    [Fact]
    public async Task Scope_IsCallerMethodAndPath_InOneSpelling()
    {
        await using var api = new TestApi();
        await api.SendAsync("POST", "/v1/admin/stock/A%20b/adjustments", Body);
        await api.SendAsync("POST", "/V1/Admin/STOCK/A%20%62/Adjustments/", Body);
        await api.SendAsync("POST", "/v1/admin/stock/a%20b/adjustments", Body);
        await api.SendAsync("POST", $"/v1/orders/{TestApi.Order}/cancel", token: null);

        var keys = api.Grains.Calls.Where(static call => call.Method is "BeginAsync").ToArray();
        var scopes = keys.Select(static call => ((RequestKey)call.Arguments[0]!).Scope).ToArray();

        scopes.ShouldBe(
        [
            "admin POST /v1/admin/stock/A b/adjustments", "admin POST /v1/admin/stock/A b/adjustments",
            "admin POST /v1/admin/stock/a b/adjustments", $"anonymous POST /v1/orders/{TestApi.Order}/cancel",
        ]);
        keys[0].Key.ShouldBe(keys[1].Key);
        keys.Select(static call => call.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    [Theory]
    [InlineData(Path, Body)]
    [InlineData("/v1/admin/orders/" + TestApi.Order + "/refunds", """{"items":[{"sku":"A","quantity":1}],"reason":"x"}""")]
    public async Task Scope_HasOneSpellingOfTheMethod(string path, string body)
    {
        await using var api = new TestApi();
        foreach (var method in new[] { "POST", "post", "Post", "pOST" })
        {
            (await api.SendAsync(method, path, body)).Status.ShouldBeLessThan(300);
        }

        api.Grains.Calls.Where(static call => call.Method is "BeginAsync").Select(static call => call.Arguments[0]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Fingerprint_DependsOnTheBytesOfTheBody()
    {
        await using var api = new TestApi();
        foreach (var body in new[] { Body, Body, Body + " ", """{"delta":2,"reason":"receipt"}""" })
        {
            await api.SendAsync("POST", Path, body);
        }

        var prints = api.Grains.Calls.Where(static call => call.Method is "BeginAsync")
            .Select(static call => ((RequestKey)call.Arguments[0]!).Fingerprint).ToArray();

        prints[0].ShouldBe(prints[1]);
        prints.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    [Fact]
    public async Task ImportedOrder_GetsItsIdFromTheOperation()
    {
        await using var api = new TestApi();
        var body = Routes.WithBody.Single(static route => route.Path is "/v1/admin/orders").Body;

        (await api.SendAsync("POST", "/v1/admin/orders", body)).Status.ShouldBe(202);

        api.Grains.Calls.Select(static call => (call.Method, call.Key)).Skip(1).SkipLast(1).ShouldBe([("PlaceAsync", TestApi.Order)]);
    }

    [Theory]
    [InlineData(OrderStatus.Confirmed, "FinishAsync")]
    [InlineData(OrderStatus.Pending, "AbandonAsync")]
    [InlineData(OrderStatus.Failed, "AbandonAsync")]
    public async Task ImportedOrder_WithATakenExternalId_NamesTheOwner_AndIsRefusedFinallyOnlyByASettledOrder(OrderStatus other, string end)
    {
        await using var api = new TestApi();
        var refused = Samples.Make<OrderView>() with { Status = OrderStatus.Failed, Failure = new(FailureCode.ExternalIdTaken) };
        api.Grains.On<IOrderGrain>("PlaceAsync", _ => refused);
        api.Grains.On<IOrderGrain>("GetAsync", _ => Samples.Make<OrderView>() with { Status = other });
        api.Grains.On<IExternalIdGrain>("GetOwnerAsync", static _ => "ord_another");

        var reply = await api.SendAsync("POST", "/v1/admin/orders", Routes.WithBody.Single(static route => route.Path is "/v1/admin/orders").Body);

        reply.ShouldBeProblem(409, "external_id_taken");
        reply.Json.GetProperty("orderId").GetString().ShouldBe("ord_another");
        api.Grains.Calls[^1].Method.ShouldBe(end);
    }
}
