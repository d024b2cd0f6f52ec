using ActorShop.Accounting;
using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>
/// Goal: every answer a grain can give has an HTTP answer of its own.
/// Method: the cases of every answer hierarchy that routes use are found by reflection and given through the route that meets them.
/// </summary>
public sealed class ResultTests
{
    private static readonly Asked[] Hierarchies =
    [
        new(typeof(CartResult), typeof(ICartGrain), nameof(ICartGrain.SetItemAsync), "PUT", $"/v1/carts/{TestApi.Cart}/items/A", """{"quantity":1}""", new(StringComparer.Ordinal)
        {
            ["Changed"] = (200, null),
            ["Unknown"] = (404, "cart_not_found"),
            ["NotOffered"] = (422, "not_offered"),
            ["Full"] = (422, "cart_full"),
            ["VersionMismatch"] = (412, "version_mismatch"),
            ["CheckingOut"] = (409, "checkout_in_progress"),
            ["Ordered"] = (409, "cart_ordered"),
        }),
        new(typeof(CheckoutResult), typeof(ICartGrain), nameof(ICartGrain.CheckoutAsync), "POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody, new(StringComparer.Ordinal)
        {
            ["Placed"] = (202, null),
            ["Failed"] = (409, "refused"),
            ["Repeated"] = (201, null),
            ["Running"] = (409, "idempotency_in_progress"),
            ["KeyReused"] = (422, "idempotency_key_reused"),
            ["Unknown"] = (404, "cart_not_found"),
            ["Empty"] = (422, "cart_empty"),
            ["NotOffered"] = (422, "not_offered"),
            ["CheckingOut"] = (409, "checkout_in_progress"),
            ["Ordered"] = (409, "cart_ordered"),
        }),
        new(typeof(AdjustResult), typeof(IStockGrain), nameof(IStockGrain.AdjustAsync), "POST", "/v1/admin/stock/A/adjustments", """{"delta":1,"reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Adjusted"] = (201, null),
            ["Insufficient"] = (422, "insufficient_stock"),
            ["LimitExceeded"] = (422, "stock_limit_exceeded"),
        }),
        new(typeof(SetPolicyResult), typeof(IStockGrain), nameof(IStockGrain.SetPolicyAsync), "PUT", "/v1/admin/stock/A/policy", """{"policy":"untracked"}""", new(StringComparer.Ordinal)
        {
            ["Changed"] = (200, null),
            ["VersionMismatch"] = (412, "version_mismatch"),
            ["OverPromised"] = (409, "over_promised"),
        }),
        new(typeof(PutProductResult), typeof(IProductGrain), nameof(IProductGrain.PutAsync), "PUT", $"/v1/admin/products/{TestApi.Product}", ProductBody, ProductCases),
        new(typeof(PutProductResult), typeof(IProductGrain), nameof(IProductGrain.ArchiveAsync), "DELETE", $"/v1/admin/products/{TestApi.Product}", null, ProductCases),
        new(typeof(PutCategoryResult), typeof(ICategoryGrain), nameof(ICategoryGrain.PutAsync), "PUT", "/v1/admin/categories/mugs", """{"name":"Mugs"}""", CategoryCases),
        new(typeof(PutCategoryResult), typeof(ICategoryGrain), nameof(ICategoryGrain.ArchiveAsync), "DELETE", "/v1/admin/categories/mugs", null, CategoryCases),
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.CancelAsync), "POST", $"/v1/orders/{TestApi.Order}/cancel", null, OperationCases),
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.CaptureAsync), "POST", $"/v1/admin/orders/{TestApi.Order}/capture", null, OperationCases),
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.RefundAsync), "POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A","quantity":1}],"reason":"x"}""", OperationCases),
        new(typeof(PostEntryResult), typeof(ILedgerEntryGrain), nameof(ILedgerEntryGrain.PostAsync), "POST", "/v1/admin/ledger/entries", """{"externalId":"1","amount":{"amount":1,"currency":"GBP"},"account":"bad-debt","reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Posted"] = (201, null),
            ["Taken"] = (409, "external_id_taken"),
        }),
        new(typeof(BeginResult), typeof(IIdempotencyGrain), nameof(IIdempotencyGrain.BeginAsync), "POST", "/v1/admin/stock/A/adjustments", """{"delta":1,"reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Run"] = (201, null),
            ["Finished"] = (201, null),
            ["Running"] = (409, "idempotency_in_progress"),
            ["Reused"] = (422, "idempotency_key_reused"),
        }),
    ];

    private const string CheckoutBody =
        """{"email":"a@b.c","shippingAddress":{"name":"A","line1":"1","city":"X","postalCode":"","country":"GB"},"payment":{"token":"tok_ok"}}""";

    private const string ProductBody = """{"name":"Mug","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"}}]}""";

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var i = 0; i < Hierarchies.Length; i++)
            {
                foreach (var type in Samples.CasesOf(Hierarchies[i].Type))
                {
                    cases.Add(i, type.Name);
                }
            }

            return cases;
        }
    }

    private static Dictionary<string, (int Status, string? Code)> ProductCases => new(StringComparer.Ordinal)
    {
        ["Stored"] = (201, null),
        ["VersionMismatch"] = (412, "version_mismatch"),
        ["SkuTaken"] = (409, "sku_taken"),
        ["UnknownCategory"] = (422, "unknown_category"),
        ["ExternalIdTaken"] = (409, "external_id_taken"),
        ["Unknown"] = (404, "product_not_found"),
    };

    private static Dictionary<string, (int Status, string? Code)> CategoryCases => new(StringComparer.Ordinal)
    {
        ["Stored"] = (201, null),
        ["VersionMismatch"] = (412, "version_mismatch"),
        ["Unknown"] = (404, "category_not_found"),
    };

    private static Dictionary<string, (int Status, string? Code)> OperationCases => new(StringComparer.Ordinal)
    {
        ["Done"] = (200, null),
        ["Pending"] = (202, null),
        ["Unknown"] = (404, "order_not_found"),
        ["Refused"] = (409, "refused"),
        ["Busy"] = (409, "refused"),
        ["NoSuchLine"] = (422, "no_such_line"),
        ["Declined"] = (402, "payment_declined"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task EveryCase_HasItsAnswer(int hierarchy, string name)
    {
        var asked = Hierarchies[hierarchy];
        asked.Expected.Keys.ShouldContain(name, StringComparer.Ordinal, $"{asked.Type.Name}.{name} has no expected answer.");
        var (status, code) = asked.Expected[name];
        await using var api = new TestApi();
        var sample = Samples.Make(Samples.CasesOf(asked.Type).Single(type => string.Equals(type.Name, name, StringComparison.Ordinal)));
        api.Grains.On(asked.Grain, asked.GrainMethod, _ => sample);

        var reply = await api.SendAsync(asked.Method, asked.Path, asked.Body);

        if (code is null)
        {
            reply.Status.ShouldBe(status, reply.Body);
        }
        else
        {
            reply.ShouldBeProblem(status, code);
        }

        if (code is "version_mismatch")
        {
            reply.Headers["ETag"].ShouldBe("\"7\"");
            reply.Json.GetProperty("currentVersion").GetInt64().ShouldBe(7);
        }
    }

    [Theory]
    [InlineData("payment_declined", 402)]
    [InlineData("insufficient_stock", 422)]
    [InlineData("checkout_expired", 409)]
    public async Task FailedCheckout_AnswersWithItsReason_AndKeepsTheAnswer(string code, int status)
    {
        await using var api = new TestApi();
        var order = Samples.Make<OrderView>() with { Status = OrderStatus.Failed, Failure = new OrderFailure(code, "no_funds", new Sku("A"), 3) };
        api.Grains.On<ICartGrain>(nameof(ICartGrain.CheckoutAsync), _ => new CheckoutResult.Failed(order));

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody);

        reply.ShouldBeProblem(status, code);
        reply.Json.GetProperty("declineCode").GetString().ShouldBe("no_funds");
        reply.Json.GetProperty("available").GetInt32().ShouldBe(3);
        var kept = (Answer)api.Grains.Calls.Single(static call => call.Method is nameof(IIdempotencyGrain.FinishAsync)).Arguments[1]!;
        kept.ShouldBe(new Answer(status, reply.Body, Location: null));
    }

    [Theory]
    [InlineData(OrderStatus.Confirmed, 201)]
    [InlineData(OrderStatus.Pending, 202)]
    public async Task PlacedCheckout_SendsTheBytesThatWereKept(OrderStatus order, int status)
    {
        await using var api = new TestApi();
        api.Grains.On<ICartGrain>(nameof(ICartGrain.CheckoutAsync), _ => new CheckoutResult.Placed(Samples.Make<OrderView>() with { Status = order }));

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody);

        reply.Status.ShouldBe(status);
        reply.Headers["Location"].ShouldStartWith("/v1/orders/");
        reply.Headers.Keys.ShouldNotContain("Idempotent-Replayed", StringComparer.Ordinal);
        var kept = (Answer)api.Grains.Calls.Single(static call => call.Method is nameof(IIdempotencyGrain.FinishAsync)).Arguments[1]!;
        kept.ShouldBe(new Answer(status, reply.Body, reply.Headers["Location"]));
    }

    [Fact]
    public async Task CheckoutThatWasAnsweredByAnother_SendsTheOthersBytes()
    {
        await using var api = new TestApi();
        api.Grains.On<ICartGrain>(nameof(ICartGrain.CheckoutAsync), _ => new CheckoutResult.Placed(Samples.Make<OrderView>()));
        api.Grains.On<IIdempotencyGrain>(nameof(IIdempotencyGrain.FinishAsync), _ => new Answer(201, """{"first":true}""", "/v1/orders/first"));

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody);

        (reply.Status, reply.Body, reply.Headers["Location"], reply.Headers["Idempotent-Replayed"])
            .ShouldBe((201, """{"first":true}""", "/v1/orders/first", "true"));
    }

    [Fact]
    public void EveryRefusalCode_OfTheContracts_IsInTheCatalogue()
    {
        // The codes that grains name as words: OrderFailure.Code and OrderOperationResult.Refused.Code.
        foreach (var code in new[]
        {
            "insufficient_stock", "payment_declined", "checkout_expired", "order_not_confirmed", "already_captured", "already_cancelled",
            "not_authorised", "not_captured", "operation_in_progress", "amount_too_large", "too_many_operations", "already_shipped",
        })
        {
            Problems.OfCode(code).Code.ShouldBe(code);
        }
    }

    [Fact]
    public void Catalogue_HasEachCodeOnce_InSnakeCase()
    {
        Problems.All.Count.ShouldBe(typeof(Problems).GetFields().Count(static field => field.FieldType == typeof(ProblemKind)));
        Problems.All.Keys.ShouldAllBe(static code => code.All(static c => char.IsAsciiLetterLower(c) || c == '_'));
        Problems.All.Values.ShouldAllBe(static kind => kind.Status >= 400 && kind.Status < 600 && kind.Title.Length > 0);
    }

    private sealed record Asked(
        Type Type, Type Grain, string GrainMethod, string Method, string Path, string? Body,
        Dictionary<string, (int Status, string? Code)> Expected);
}
