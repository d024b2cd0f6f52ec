using ActorShop.Accounting;
using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>
/// Goal: every case of a grain's result has its own HTTP answer.
/// Method: finds the cases of each result by reflection, and lets the grain return each case to each route that can get it.
/// </summary>
public sealed class ResultTests
{
    private static readonly Asked[] Hierarchies =
    [
        new(typeof(CartResult), typeof(ICartGrain), nameof(ICartGrain.SetItemAsync), "PUT", $"/v1/carts/{TestApi.Cart}/items/SKU-1", """{"quantity":1}""", CartCases),
        new(typeof(CartResult), typeof(ICartGrain), nameof(ICartGrain.SetItemAsync), "DELETE", $"/v1/carts/{TestApi.Cart}/items/SKU-1", null, CartCases)
        {
            Never = ["NotOffered", "Full"],
        },
        new(typeof(CheckoutResult), typeof(ICartGrain), nameof(ICartGrain.CheckoutAsync), "POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody, new(StringComparer.Ordinal)
        {
            ["Placed"] = (202, null),
            ["Failed"] = (422, "insufficient_stock"),
            ["Unknown"] = (404, "cart_not_found"),
            ["Empty"] = (422, "cart_empty"),
            ["NotOffered"] = (422, "not_offered"),
            ["PriceChanged"] = (422, "price_changed"),
            ["TotalTooLarge"] = (422, "total_too_large"),
            ["TooManyUnits"] = (422, "too_many_units"),
            ["CheckingOut"] = (409, "checkout_in_progress"),
            ["Ordered"] = (409, "cart_ordered"),
            ["KeyReused"] = (422, "idempotency_key_reused"),
        }) { Codes = ["insufficient_stock", "payment_declined", "checkout_expired"] },
        new(typeof(AdjustResult), typeof(IStockGrain), nameof(IStockGrain.AdjustAsync), "POST", "/v1/admin/stock/SKU-1/adjustments", """{"delta":1,"reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Adjusted"] = (201, null),
            ["Insufficient"] = (422, "insufficient_stock"),
            ["LimitExceeded"] = (422, "stock_limit_exceeded"),
        }),
        new(typeof(OpenStockResult), typeof(IStockGrain), nameof(IStockGrain.OpenAsync), "PUT", "/v1/admin/stock/SKU-1", """{"onHand":1,"reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Opened"] = (201, null),
            ["Exists"] = (409, "stock_exists"),
            ["Insufficient"] = (422, "insufficient_stock"),
            ["LimitExceeded"] = (422, "stock_limit_exceeded"),
        }),
        new(typeof(SetPolicyResult), typeof(IStockGrain), nameof(IStockGrain.SetPolicyAsync), "PUT", "/v1/admin/stock/SKU-1/policy", """{"policy":"untracked"}""", new(StringComparer.Ordinal)
        {
            ["Changed"] = (200, null),
            ["VersionMismatch"] = (412, "version_mismatch"),
            ["OverPromised"] = (409, "over_promised"),
        }),
        new(typeof(PutProductResult), typeof(IProductGrain), nameof(IProductGrain.PutAsync), "PUT", $"/v1/admin/products/{TestApi.Product}", ProductBody, ProductCases),
        new(typeof(PutProductResult), typeof(IProductGrain), nameof(IProductGrain.ArchiveAsync), "DELETE", $"/v1/admin/products/{TestApi.Product}", null, ProductCases)
        {
            Never = ["SkuTaken", "ExternalIdTaken", "UnknownCategory"],
        },
        new(typeof(PutProductResult), typeof(IProductGrain), nameof(IProductGrain.PutAsync), "POST", "/v1/admin/products", ProductBody, ProductCases)
        {
            Never = ["Unknown", "VersionMismatch"],
        },
        new(typeof(PutCategoryResult), typeof(ICategoryGrain), nameof(ICategoryGrain.PutAsync), "PUT", "/v1/admin/categories/mugs", """{"name":"Mugs"}""", CategoryCases),
        new(typeof(PutCategoryResult), typeof(ICategoryGrain), nameof(ICategoryGrain.ArchiveAsync), "DELETE", "/v1/admin/categories/mugs", null, CategoryCases)
        {
            Never = ["InvalidParent"],
        },
        new(typeof(PutCategoryResult), typeof(ICategoryGrain), nameof(ICategoryGrain.PutAsync), "POST", "/v1/admin/categories", """{"code":"mugs","name":"Mugs"}""", CategoryCases)
        {
            Never = ["Unknown"],
        },
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.CancelByCustomerAsync), "POST", $"/v1/orders/{TestApi.Order}/cancel", null, OperationCases)
        {
            Never = ["NoSuchLine", "InsufficientStock", "ExceedsPaid", "TotalTooLarge", "CurrencyMismatch"],
            Codes = ["order_not_confirmed", "already_cancelled", "operation_in_progress", "already_shipped", "already_captured", "cancel_window_over"],
        },
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.CancelAsync), "POST", $"/v1/admin/orders/{TestApi.Order}/cancel", null, OperationCases)
        {
            Never = ["NoSuchLine", "InsufficientStock", "ExceedsPaid", "TotalTooLarge", "CurrencyMismatch"],
            Codes = ["order_not_confirmed", "already_cancelled", "operation_in_progress", "already_shipped"],
        },
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.CaptureAsync), "POST", $"/v1/admin/orders/{TestApi.Order}/capture", null, OperationCases)
        {
            Never = ["NoSuchLine", "InsufficientStock", "ExceedsPaid", "TotalTooLarge", "CurrencyMismatch"],
            Codes = ["order_not_confirmed", "already_cancelled", "operation_in_progress", "already_captured"],
        },
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.ShipAsync), "POST", $"/v1/admin/orders/{TestApi.Order}/shipments", null, OperationCases)
        {
            Never = ["NoSuchLine", "ExceedsPaid", "TotalTooLarge", "CurrencyMismatch"],
            Codes = ["order_not_confirmed", "already_cancelled", "operation_in_progress", "already_shipped", "nothing_to_ship"],
        },
        new(typeof(OrderOperationResult), typeof(IOrderGrain), nameof(IOrderGrain.RefundAsync), "POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A","quantity":1}],"reason":"x"}""", OperationCases)
        {
            Never = ["InsufficientStock"],
            Codes = ["order_not_confirmed", "already_cancelled", "operation_in_progress", "not_captured", "too_many_operations"],
        },
        new(typeof(PostEntryResult), typeof(ILedgerEntryGrain), nameof(ILedgerEntryGrain.PostAsync), "POST", "/v1/admin/ledger/entries", """{"externalId":"1","amount":{"amount":1,"currency":"GBP"},"account":"bad-debt","reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Posted"] = (201, null),
            ["Taken"] = (409, "external_id_taken"),
        }),
        new(typeof(BeginResult), typeof(IIdempotencyGrain), nameof(IIdempotencyGrain.BeginAsync), "POST", "/v1/admin/stock/SKU-1/adjustments", """{"delta":1,"reason":"x"}""", new(StringComparer.Ordinal)
        {
            ["Run"] = (201, null),
            ["Finished"] = (201, null),
            ["Running"] = (409, "idempotency_in_progress"),
            ["Reused"] = (422, "idempotency_key_reused"),
        }),
    ];

    // The codes that a route has because of its body, its key, its precondition, its scope or its limits.
    private static readonly string[] OfConventions =
    [
        "malformed_request", "validation_failed", "body_too_large", "unsupported_media_type", "idempotency_key_required",
        "idempotency_key_invalid", "idempotency_in_progress", "idempotency_key_reused", "invalid_precondition", "precondition_required",
        "unauthenticated", "scope_required", "not_acceptable", "rate_limited", "too_many_units", "too_many_unpaid_orders", "internal_error", "unavailable", "outcome_unknown",
    ];

    private const string CheckoutBody =
        """{"email":"a@b.co","shippingAddress":{"name":"A","line1":"1","city":"X","postalCode":"X1","country":"GB"},"payment":{"token":"tok_ok"}}""";

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

    private static Dictionary<string, (int Status, string? Code)> CartCases => new(StringComparer.Ordinal)
    {
        ["Changed"] = (200, null),
        ["Unknown"] = (404, "cart_not_found"),
        ["NotOffered"] = (422, "not_offered"),
        ["Full"] = (422, "cart_full"),
        ["VersionMismatch"] = (412, "version_mismatch"),
        ["CheckingOut"] = (409, "checkout_in_progress"),
        ["Ordered"] = (409, "cart_ordered"),
    };

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
        ["InvalidParent"] = (422, "invalid_parent"),
        ["Unknown"] = (404, "category_not_found"),
    };

    private static (int Status, string? Code) OfSample => Problems.Of(Samples.Make<OrderRefusal>().GetType().Name) is var kind ? (kind.Status, kind.Code) : default;

    private static Dictionary<string, (int Status, string? Code)> OperationCases => new(StringComparer.Ordinal)
    {
        ["Done"] = (200, null),
        ["Pending"] = (202, null),
        ["Unknown"] = (404, "order_not_found"),
        ["Refused"] = OfSample,
        ["Busy"] = OfSample,
        ["InsufficientStock"] = (422, "insufficient_stock"),
        ["NoSuchLine"] = (422, "no_such_line"),
        ["ExceedsPaid"] = (422, "refund_exceeds_paid"),
        ["TotalTooLarge"] = (422, "total_too_large"),
        ["CurrencyMismatch"] = (422, "currency_mismatch"),
        ["Declined"] = (402, "payment_declined"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task EveryCase_HasItsOwnAnswer(int hierarchy, string name)
    {
        var asked = Hierarchies[hierarchy];
        asked.Expected.Keys.ShouldContain(name, StringComparer.Ordinal, $"{asked.Type.Name}.{name} has no expected answer.");
        var (status, code) = asked.Expected[name];
        await using var api = new TestApi { ComparesAnswers = !asked.Never.Contains(name, StringComparer.Ordinal) };
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
    [InlineData(FailureCode.PaymentDeclined, "payment_declined", 402)]
    [InlineData(FailureCode.InsufficientStock, "insufficient_stock", 422)]
    [InlineData(FailureCode.CheckoutExpired, "checkout_expired", 409)]
    public async Task FailedCheckout_AnswersWithItsReason(FailureCode failure, string code, int status)
    {
        await using var api = new TestApi();
        var order = Samples.Make<OrderView>() with { Status = OrderStatus.Failed, Failure = new OrderFailure(failure, "no_funds", new Sku("A"), 3) };
        api.Grains.On<ICartGrain>(nameof(ICartGrain.CheckoutAsync), _ => new CheckoutResult.Failed(order));

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody);

        reply.ShouldBeProblem(status, code);
        reply.Json.GetProperty("declineCode").GetString().ShouldBe("no_funds");
        reply.Json.GetProperty("available").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData(OrderStatus.Confirmed, 201)]
    [InlineData(OrderStatus.Pending, 202)]
    public async Task PlacedCheckout_SendsTheOrder(OrderStatus order, int status)
    {
        await using var api = new TestApi();
        api.Grains.On<ICartGrain>(nameof(ICartGrain.CheckoutAsync), _ => new CheckoutResult.Placed(Samples.Make<OrderView>() with { Status = order }));

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody);

        reply.Status.ShouldBe(status);
        reply.Headers["Location"].ShouldStartWith("/v1/orders/");
        reply.Headers.Keys.ShouldNotContain("Idempotent-Replayed", StringComparer.Ordinal);
        reply.Headers["ETag"].ShouldBe("\"7\"");
        api.Grains.Calls.Select(static call => call.Method).ShouldBe(["CheckoutAsync"], "the cart remembers the key");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RepeatedCheckout_SaysSo(bool isPlaced)
    {
        await using var api = new TestApi();
        var order = Samples.Make<OrderView>() with { Status = OrderStatus.Confirmed, Failure = new(FailureCode.PaymentDeclined, "no_funds") };
        api.Grains.On<ICartGrain>(nameof(ICartGrain.CheckoutAsync), _ => isPlaced ? new CheckoutResult.Placed(order, IsRepeat: true) : new CheckoutResult.Failed(order, IsRepeat: true));

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody);

        (reply.Status, reply.Headers["Idempotent-Replayed"]).ShouldBe((isPlaced ? 201 : 402, "true"));
    }

    [Fact]
    public async Task Checkout_HandsItsKeyToTheCart()
    {
        await using var api = new TestApi();

        await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody, "one");
        await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout/", CheckoutBody, "one");
        await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", CheckoutBody.Replace("a@b.co", "c@b.co", StringComparison.Ordinal), "one");

        var requests = api.Grains.Calls.Where(static call => call.Method is "CheckoutAsync").Select(static call => (RequestKey)call.Arguments[0]!).ToArray();
        requests.Select(static request => request.Digest).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        requests.Select(static request => request.Fingerprint).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    /// <summary>Both ways: no route documents a refusal that cannot occur, and none occurs that its route does not document.</summary>
    [Fact]
    public async Task Route_DocumentsExactlyTheRefusalsOfItsGrain()
    {
        await using var api = new TestApi();
        var endpoints = Routes.Endpoints(api.Services).ToArray();
        foreach (var route in Hierarchies.GroupBy(static asked => $"{asked.Method} {asked.Path}", StringComparer.Ordinal))
        {
            var documented = endpoints
                .Single(endpoint => string.Equals(Routes.NameOf(endpoint), route.Key, StringComparison.Ordinal))
                .Metadata.GetOrderedMetadata<Refusals>()
                .SelectMany(static refusals => refusals.Kinds).Select(static kind => kind.Code)
                .Except(OfConventions, StringComparer.Ordinal);
            var possible = route
                .SelectMany(static asked => asked.Expected
                    .Where(expected => !asked.Never.Contains(expected.Key, StringComparer.Ordinal))
                    .Select(static expected => expected.Value.Code)
                    .Concat(asked.Codes))
                .OfType<string>()
                .Except(OfConventions, StringComparer.Ordinal)
                .Distinct(StringComparer.Ordinal);

            documented.Order(StringComparer.Ordinal).ShouldBe(possible.Order(StringComparer.Ordinal), route.Key);
        }
    }

    [Fact]
    public void EveryRefusalOfAnOrder_HasAProblemOfItsName()
    {
        Samples.CasesOf(typeof(OrderRefusal)).Select(static type => type.Name).Concat(Enum.GetNames<FailureCode>())
            .Select(static name => Problems.Of(name).Code)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Hierarchies.SelectMany(static asked => asked.Codes).Append("external_id_taken").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
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
        Dictionary<string, (int Status, string? Code)> Expected)
    {
        /// <summary>The cases that this route cannot meet.</summary>
        public string[] Never { get; init; } = [];

        /// <summary>The codes that the grain states as texts.</summary>
        public string[] Codes { get; init; } = [];
    }
}
