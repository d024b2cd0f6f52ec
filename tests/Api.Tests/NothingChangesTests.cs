namespace ActorShop.Api;

/// <summary>
/// Goal: a refused request changes nothing, with the shop's own grains.
/// Method: sends each request of a table, compares the answer with the table, and compares everything readable and the number of
/// durable writes with their values before.
/// </summary>
[Trait("Suite", "Cluster")]
public sealed class NothingChangesTests(RealShop shop) : IClassFixture<RealShop>
{
    private const string Line = """{"sku":"MUG","quantity":1,"unitPrice":{"amount":500,"currency":"GBP"}}""";

    private static readonly Probe[] Probes =
    [
        .. Quantities("PUT", "/v1/carts/{cart}/items/MUG", """{"quantity":#}""", ["-1", "0", "100001", "2147483648", "-2147483649"]),
        .. Quantities("POST", "/v1/admin/orders", """{"externalId":"Q","currency":"GBP","tender":"external","items":[{"sku":"MUG","quantity":#,"unitPrice":{"amount":1,"currency":"GBP"}}]}"""),
        .. Quantities("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","quantity":#,"restock":true}],"reason":"x"}"""),
        .. Quantities("POST", "/v1/admin/credit-notes", """{"externalId":"Q","items":[{"sku":"MUG","quantity":#,"unitPrice":{"amount":1,"currency":"GBP"},"restock":true}],"reason":"x"}"""),
        .. Quantities("POST", "/v1/admin/stock/MUG/adjustments", """{"delta":#,"reason":"x"}""", ["0", "10000001", "-10000001", "2147483648", "-2147483649"]),
        .. Quantities("PUT", "/v1/admin/stock/MUG/policy", """{"policy":"backorder","backorderLimit":#}""", ["-1", "2147483648"]),
        .. Quantities("POST", "/v1/admin/orders", """{"externalId":"Q","currency":"GBP","tender":"external","items":[{"sku":"MUG","quantity":1,"unitPrice":{"amount":#,"currency":"GBP"}}]}""", ["-1", "9223372036854775807", "9223372036854775808"]),
        .. Quantities("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","quantity":1,"unitPrice":{"amount":#,"currency":"GBP"}}],"reason":"x"}""", ["-1", "9223372036854775807"]),
        .. Quantities("PUT", "/v1/admin/products/{product}", """{"name":"Mug","variants":[{"sku":"MUG","price":{"amount":#,"currency":"GBP"}}]}""", ["-1", "9223372036854775807"]),

        // Resources that do not exist.
        new("POST", "/v1/admin/orders", """{"externalId":"U","currency":"GBP","tender":"external","items":[{"sku":"MISSING","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", 422, "insufficient_stock") { LeavesFailedOrder = true },
        new("POST", "/v1/admin/orders", $$$"""{"externalId":"V","currency":"GBP","tender":"external","items":[{{{Line}}},{"sku":"MISSING","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", 422, "insufficient_stock") { LeavesFailedOrder = true, MovesStock = true },
        new("PUT", "/v1/carts/{cart}/items/MISSING", """{"quantity":1}""", 422, "not_offered"),
        new("DELETE", "/v1/carts/{cart}/items/MISSING", null, 200, null),
        new("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MISSING","quantity":1}],"reason":"x"}""", 422, "no_such_line"),
        new("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","quantity":3}],"reason":"x"}""", 422, "no_such_line"),
        new("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","quantity":1,"unitPrice":{"amount":1,"currency":"EUR"}}],"reason":"x"}""", 422, "currency_mismatch"),
        new("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","amount":{"amount":1,"currency":"EUR"}}],"reason":"x"}""", 422, "currency_mismatch"),
        new("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","quantity":1,"unitPrice":{"amount":10000000000,"currency":"GBP"}}],"reason":"x"}""", 422, "refund_exceeds_paid"),
        new("POST", "/v1/admin/orders/{order}/refunds", """{"items":[{"sku":"MUG","amount":{"amount":10000000000,"currency":"GBP"}}],"reason":"x"}""", 422, "refund_exceeds_paid"),
        new("POST", "/v1/admin/credit-notes", """{"externalId":"Q","items":[{"sku":"MUG","quantity":100000,"unitPrice":{"amount":10000000000,"currency":"GBP"}},{"sku":"MUG","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}],"reason":"x"}""", 422, "total_too_large"),
        new("POST", "/v1/admin/stock/MUG/adjustments", """{"delta":-9,"reason":"x"}""", 422, "insufficient_stock"),
        new("POST", "/v1/admin/stock/MISSING/adjustments", """{"delta":-1,"reason":"x"}""", 422, "insufficient_stock"),
        new("GET", "/v1/stock/MISSING", null, 404, "sku_not_found"),
        new("PUT", "/v1/carts/cart_{missing}/items/MUG", """{"quantity":1}""", 404, "cart_not_found"),
        new("POST", "/v1/carts/cart_{missing}/checkout", RealShop.Checkout, 404, "cart_not_found"),
        new("POST", "/v1/orders/ord_{missing}/cancel", null, 404, "order_not_found"),
        new("POST", "/v1/admin/orders/ord_{missing}/capture", "{}", 404, "order_not_found"),
        new("POST", "/v1/admin/orders/ord_{missing}/refunds", """{"items":[{"sku":"MUG","quantity":1}],"reason":"x"}""", 404, "order_not_found"),
        new("PUT", "/v1/admin/products/prod_{missing}", """{"name":"Mug","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 404, "product_not_found") { IfMatch = "\"1\"" },
        new("DELETE", "/v1/admin/products/prod_{missing}", null, 404, "product_not_found") { IfMatch = "\"1\"" },
        new("DELETE", "/v1/admin/categories/missing", null, 404, "category_not_found") { IfMatch = "\"1\"" },
        new("POST", "/v1/admin/categories", """{"code":"cups","name":"Cups","parent":"missing"}""", 422, "invalid_parent"),
        new("PUT", "/v1/admin/categories/mugs", """{"name":"Mugs","parent":"mugs"}""", 422, "invalid_parent") { IfMatch = "\"1\"" },
        new("PUT", "/v1/admin/stock/CUP", """{"onHand":-1,"reason":"x"}""", 422, "insufficient_stock"),
        new("PUT", "/v1/admin/stock/CUP", """{"onHand":-6,"reason":"x","policy":"backorder","backorderLimit":5}""", 422, "insufficient_stock"),
        new("PUT", "/v1/admin/stock/CUP", """{"onHand":1,"reason":"x","backorderLimit":5}""", 400, "validation_failed"),
        new("POST", "/v1/admin/products", """{"name":"Cup","category":"missing","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 422, "unknown_category"),

        new("POST", "/v1/admin/orders", """{"externalId":"T","currency":"GBP","tender":"external","items":[{"sku":"MUG","quantity":100000,"unitPrice":{"amount":10000000000,"currency":"GBP"}},{"sku":"MUG","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", 422, "total_too_large"),
        new("POST", "/v1/admin/orders", $$$"""{"externalId":"T","currency":"GBP","tender":"external","items":[{{{Line}}}],"total":{"amount":499,"currency":"GBP"}}""", 422, "totals_mismatch"),
        new("POST", "/v1/admin/orders", $$$"""{"externalId":"T","currency":"GBP","tender":"external","items":[{{{Line}}}],"total":{"amount":500,"currency":"EUR"}}""", 400, "validation_failed"),

        new("POST", "/v1/admin/orders", $$$"""{"externalId":"T","currency":"GBP","tender":"external","items":[{{{Line}}}],"shipping":{"amount":99,"currency":"GBP"},"total":{"amount":500,"currency":"GBP"}}""", 422, "totals_mismatch"),
        new("POST", "/v1/admin/orders", $$$"""{"externalId":"T","currency":"GBP","tender":"external","items":[{{{Line}}}],"shippingTaxes":{"amount":9,"currency":"GBP"}}""", 400, "validation_failed"),

        // Conflicts with the current state.
        new("POST", "/v1/carts/{empty}/checkout", RealShop.Checkout, 422, "cart_empty"),
        new("POST", "/v1/carts/{ordered}/checkout", RealShop.Checkout, 409, "cart_ordered"),
        new("PUT", "/v1/carts/{ordered}/items/MUG", """{"quantity":5}""", 409, "cart_ordered"),
        new("DELETE", "/v1/carts/{ordered}/items/MUG", null, 409, "cart_ordered"),
        new("POST", "/v1/admin/orders/{order}/capture", "{}", 409, "already_captured"),
        new("POST", "/v1/admin/products", """{"name":"Cup","variants":[{"sku":"MUG","price":{"amount":1,"currency":"GBP"}}]}""", 409, "sku_taken"),
        new("POST", "/v1/admin/products", """{"name":"Cup","externalId":"P-1","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 409, "external_id_taken"),
        new("POST", "/v1/admin/ledger/entries", """{"externalId":"E-1","amount":{"amount":6,"currency":"GBP"},"account":"bad-debt","reason":"x"}""", 409, "external_id_taken"),
        new("POST", "/v1/admin/categories", """{"code":"mugs","name":"Jugs"}""", 412, "version_mismatch"),

        new("PUT", "/v1/admin/stock/MUG", """{"onHand":5,"reason":"x"}""", 409, "stock_exists"),

        // Dry runs: 204 for what would be accepted, and the problem of what would not.
        new("POST", "/v1/admin/products?dryRun=true", """{"name":"Cup","category":"mugs","externalId":"P-2","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 204, null),
        new("POST", "/v1/admin/products?dryRun=true", """{"name":"Cup","variants":[{"sku":"MUG","price":{"amount":1,"currency":"GBP"}}]}""", 409, "sku_taken"),
        new("POST", "/v1/admin/products?dryRun=true", """{"name":"Cup","externalId":"P-1","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 409, "external_id_taken"),
        new("POST", "/v1/admin/products?dryRun=true", """{"name":"Cup","category":"missing","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 422, "unknown_category"),
        new("POST", "/v1/admin/products?dryRun=true", """{"name":"","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 400, "validation_failed"),
        new("POST", "/v1/admin/products?dryRun=yes", """{"name":"Cup","variants":[{"sku":"CUP","price":{"amount":1,"currency":"GBP"}}]}""", 400, "validation_failed"),
        new("PUT", "/v1/admin/products/{product}?dryRun=true", """{"name":"Jug","variants":[{"sku":"MUG","price":{"amount":1,"currency":"GBP"}}]}""", 204, null) { IfMatch = "\"1\"" },
        new("PUT", "/v1/admin/products/{product}?dryRun=true", """{"name":"Jug","variants":[{"sku":"MUG","price":{"amount":1,"currency":"GBP"}}]}""", 412, "version_mismatch") { IfMatch = "\"99\"" },
        new("POST", "/v1/admin/categories?dryRun=true", """{"code":"cups","name":"Cups","parent":"mugs"}""", 204, null),
        new("POST", "/v1/admin/categories?dryRun=true", """{"code":"mugs","name":"Mugs"}""", 412, "version_mismatch"),
        new("PUT", "/v1/admin/stock/CUP?dryRun=true", """{"onHand":-5,"reason":"x","policy":"backorder","backorderLimit":5}""", 204, null),
        new("PUT", "/v1/admin/stock/CUP?dryRun=true", """{"onHand":-1,"reason":"x"}""", 422, "insufficient_stock"),
        new("PUT", "/v1/admin/stock/MUG?dryRun=true", """{"onHand":1,"reason":"x"}""", 409, "stock_exists"),
        new("PUT", "/v1/admin/stock/MUG/policy?dryRun=true", """{"policy":"untracked"}""", 204, null) { IfMatch = "*" },

        // Versions.
        new("PUT", "/v1/carts/{cart}/items/MUG", """{"quantity":5}""", 412, "version_mismatch") { IfMatch = "\"99\"" },
        new("PUT", "/v1/admin/stock/MUG/policy", """{"policy":"untracked"}""", 412, "version_mismatch") { IfMatch = "\"99\"" },
        new("PUT", "/v1/admin/stock/MUG/policy", """{"policy":"untracked"}""", 428, "precondition_required"),
        new("PUT", "/v1/admin/products/{product}", """{"name":"Jug","variants":[{"sku":"MUG","price":{"amount":1,"currency":"GBP"}}]}""", 412, "version_mismatch") { IfMatch = "\"99\"" },
        new("DELETE", "/v1/admin/products/{product}", null, 412, "version_mismatch") { IfMatch = "\"99\"" },
        new("DELETE", "/v1/admin/products/{product}", null, 428, "precondition_required"),
        new("DELETE", "/v1/admin/categories/mugs", null, 412, "version_mismatch") { IfMatch = "\"99\"" },

        // Keys of another request, and of this one.
        new("POST", "/v1/carts/{ordered}/checkout", RealShop.Checkout.Replace("ada@", "bob@", StringComparison.Ordinal), 422, "idempotency_key_reused") { Key = "given /v1/carts/{ordered}/checkout" },
        new("POST", "/v1/admin/stock/MUG/adjustments", """{"delta":11,"reason":"delivery"}""", 422, "idempotency_key_reused") { Key = "given /v1/admin/stock/MUG/adjustments" },
        new("POST", "/v1/admin/stock/MUG/adjustments", """{"delta":10,"reason":"delivery"}""", 201, null) { Key = "given /v1/admin/stock/MUG/adjustments" },
        new("post", "/v1/admin/stock/MUG/adjustments", """{"delta":10,"reason":"delivery"}""", 201, null) { Key = "given /v1/admin/stock/MUG/adjustments" },
        new("Post", "/v1/admin/orders/{order}/capture", "{}", 200, null) { Key = "given /v1/admin/orders/{order}/capture" },
    ];

    public static TheoryData<int, string> Table
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, probe) in Probes.Index())
            {
                data.Add(index, probe.ToString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Refusal_ChangesNothing(int index, string name)
    {
        var probe = Probes[index];
        var before = await shop.EverythingAsync(probe.LeavesFailedOrder);

        var reply = await shop.Api.SendAsync(
            probe.Method, shop.Fill(probe.Path), probe.Body, shop.Fill(probe.Key), probe.IfMatch);

        if (probe.Code is { } code)
        {
            reply.ShouldBeProblem(probe.Status, code);
        }
        else
        {
            reply.Status.ShouldBe(probe.Status, name);
        }

        var after = await shop.EverythingAsync(probe.LeavesFailedOrder);
        (probe.MovesStock ? WithoutVersions(after) : after).ShouldBe(probe.MovesStock ? WithoutVersions(before) : before, name);
    }

    // A reservation that was released leaves two entries in the ledger and nothing else.
    private static string WithoutVersions(string everything) =>
        string.Join('\n', everything.Split('\n').Skip(1).Select(static line => line.Split(",\"version\"", 2)[0]));

    private static Probe[] Quantities(string method, string path, string body, string[]? numbers = null) =>
    [
        .. (numbers ?? ["0", "-1", "100001", "2147483648"])
            .Where(number => !(method is "PUT" && path.Contains("/items/", StringComparison.Ordinal) && number is "0"))
            .Select(number => new Probe(method, path, body.Replace("#", number, StringComparison.Ordinal), 400, "validation_failed") { IfMatch = "\"1\"" }),
    ];

    private sealed record Probe(string Method, string Path, string? Body, int Status, string? Code)
    {
        public string? IfMatch { get; init; }

        public string Key { get; init; } = $"probe {Guid.NewGuid():N}";

        /// <summary>Whether the saga leaves a failed order.</summary>
        public bool LeavesFailedOrder { get; init; }

        /// <summary>Whether units are reserved and released.</summary>
        public bool MovesStock { get; init; }

        public override string ToString() =>
            $"{Method} {Path} {Body} key {Key[..5]} match {IfMatch}";
    }
}
