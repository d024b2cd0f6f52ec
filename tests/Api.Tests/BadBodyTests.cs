using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>
/// Goal: an invalid body is refused with a code and changes nothing.
/// Method: sends every kind of invalid body to every route that takes a body; no call may reach a grain.
/// </summary>
public sealed partial class BadBodyTests(TestApi api) : IClassFixture<TestApi>
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var route in Routes.WithBody)
            {
                foreach (var (name, _) in BadBodies(route))
                {
                    cases.Add(route.ToString(), name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task InvalidBody_IsRefusedWithItsCode_AndReachesNoGrain(string route, string name)
    {
        var target = Routes.WithBody.Single(candidate => string.Equals(candidate.ToString(), route, StringComparison.Ordinal));
        var bad = BadBodies(target).Single(body => string.Equals(body.Name, name, StringComparison.Ordinal)).Body;
        var before = api.Grains.Calls.Count;

        var reply = await SendAsync(target, bad);

        reply.ShouldBeProblem(bad.Status, bad.Code);
        api.Grains.Calls.Count.ShouldBe(before);
        if (bad.Error is { } error)
        {
            reply.Errors("code").ShouldContain(error, StringComparer.Ordinal, reply.Body);
        }
    }

    [Fact]
    public async Task ValidBody_IsAccepted()
    {
        foreach (var route in Routes.WithBody)
        {
            var reply = await api.SendAsync(route.Method, route.Path, route.Body);

            reply.Status.ShouldBeLessThan(300, $"{route}: {reply.Body}");
        }
    }

    [Fact]
    public void EveryRouteWithABody_IsInTheTable()
    {
        var mapped = Routes.Endpoints(api.Services)
            .Where(static endpoint => endpoint.Metadata.GetMetadata<RequestBodyType>() is not null)
            .Select(Routes.NameOf);

        Routes.WithBody.Select(static route => route.ToString()).ShouldBe(mapped, ignoreOrder: true);
    }

    [Theory]
    [InlineData("PUT", $"/v1/carts/{TestApi.Cart}/items/SKU-1", """{"quantity":0}""", "/quantity")]
    [InlineData("PUT", $"/v1/carts/{TestApi.Cart}/items/SKU-1", """{"quantity":-1}""", "/quantity")]
    [InlineData("PUT", $"/v1/carts/{TestApi.Cart}/items/SKU-1", """{"quantity":100001}""", "/quantity")]
    [InlineData("POST", "/v1/carts", """{"currency":"gbp"}""", "/currency")]
    [InlineData("POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A"}],"reason":"x"}""", "/items/0/quantity")]
    [InlineData("POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A","amount":{"amount":1,"currency":"GBP"},"restock":true}],"reason":"x"}""", "/items/0/quantity")]
    [InlineData("POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"},"amount":{"amount":1,"currency":"GBP"}}],"reason":"x"}""", "/items/0/unitPrice")]
    [InlineData("POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"A","amount":{"amount":0,"currency":"GBP"}}],"reason":"x"}""", "/items/0/amount/amount")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"},"discounts":{"amount":11,"currency":"GBP"}}]}""", "/items/0/discounts/amount")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"},"taxes":{"amount":1,"currency":"GBP"}}]}""", "/taxInclusive")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","taxInclusive":true,"items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"},"taxes":{"amount":11,"currency":"GBP"}}]}""", "/items/0/taxes/amount")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","taxInclusive":true,"items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"},"discounts":{"amount":1,"currency":"GBP"},"taxes":{"amount":10,"currency":"GBP"}}]}""", "/items/0/taxes/amount")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","taxInclusive":true,"items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"}}],"shipping":{"amount":5,"currency":"GBP"},"shippingTaxes":{"amount":6,"currency":"GBP"}}""", "/shippingTaxes/amount")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","taxInclusive":true,"items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"}}],"shippingTaxes":{"amount":1,"currency":"GBP"}}""", "/shippingTaxes/amount")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"}}],"shipping":{"amount":1,"currency":"EUR"}}""", "/shipping/currency")]
    [InlineData("POST", "/v1/carts", """{"currency":"XXQ"}""", "/currency")]
    [InlineData("POST", "/v1/carts", """{"currency":"GBP","externalId":""}""", "/externalId")]
    [InlineData("POST", "/v1/admin/products", """{"name":"","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"}}]}""", "/name")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[]}""", "/variants")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[null]}""", "/variants/0")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"a/b","price":{"amount":1,"currency":"GBP"}}]}""", "/variants/0/sku")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"A"}]}""", "/variants/0/price")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"A","price":{"amount":-1,"currency":"GBP"}}]}""", "/variants/0/price/amount")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"A","price":{"amount":1.99,"currency":"GBP"}}]}""", "/variants/0/price/amount")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"}},{"sku":"A","price":{"amount":1,"currency":"GBP"}}]}""", "/variants/1/sku")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","category":"NO SUCH","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"}}]}""", "/category")]
    [InlineData("POST", "/v1/admin/stock/A/adjustments", """{"delta":0,"reason":"x"}""", "/delta")]
    [InlineData("POST", "/v1/admin/stock/A/adjustments", """{"delta":10000001,"reason":"x"}""", "/delta")]
    [InlineData("POST", "/v1/admin/stock/A/adjustments", """{"delta":1,"reason":"   "}""", "/reason")]
    [InlineData("POST", "/v1/admin/stock/A/adjustments", """{"delta":1,"reason":"a\n{\"level\":\"error\"}"}""", "/reason")]
    [InlineData("PUT", "/v1/admin/stock/A/policy", """{"policy":"tracked","backorderLimit":5}""", "/backorderLimit")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","items":[]}""", "/items")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"card","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", "/payment")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"EUR"}}]}""", "/items/0/unitPrice/currency")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","placedAt":"2011-12-09T12:50:00","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", "/placedAt")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","placedAt":"2911-12-09T12:50:00Z","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", "/placedAt")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"External","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", "/tender")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"GBP","tender":"external","items":[{"sku":"A","quantity":0,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", "/items/0/quantity")]
    [InlineData("POST", "/v1/admin/credit-notes", """{"externalId":"1","items":[{"sku":"A","quantity":1}],"reason":"x"}""", "/items/0/unitPrice")]
    [InlineData("POST", "/v1/admin/ledger/entries", """{"externalId":"1","amount":{"amount":0,"currency":"GBP"},"account":"bad-debt","reason":"x"}""", "/amount/amount")]
    [InlineData("POST", "/v1/admin/ledger/entries", """{"externalId":"1","amount":{"amount":1,"currency":"GBP"},"account":"cash","reason":"x"}""", "/account")]
    public async Task InvalidValue_IsRefused_WithItsPointer(string method, string path, string body, string at)
    {
        var before = api.Grains.Calls.Count;

        var reply = await api.SendAsync(method, path, body);

        reply.ShouldBeProblem(400, "validation_failed");
        reply.Errors("pointer").ShouldContain(at, StringComparer.Ordinal, reply.Body);
        api.Grains.Calls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("""{"externalId":"1","currency":"GBP","tender":"external","taxInclusive":true,"items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"},"discounts":{"amount":1,"currency":"GBP"},"taxes":{"amount":9,"currency":"GBP"}}],"shipping":{"amount":5,"currency":"GBP"},"shippingTaxes":{"amount":5,"currency":"GBP"}}""")]
    [InlineData("""{"externalId":"1","currency":"GBP","tender":"external","taxInclusive":false,"items":[{"sku":"A","quantity":2,"unitPrice":{"amount":5,"currency":"GBP"},"taxes":{"amount":11,"currency":"GBP"}}],"shippingTaxes":{"amount":1,"currency":"GBP"}}""")]
    public async Task Taxes_MayBeTheWholePriceOrComeOnTopOfIt(string body) =>
        (await api.SendAsync("POST", "/v1/admin/orders", body)).Status.ShouldBe(202);

    [Theory]
    [InlineData(
        """{"externalId":"1","externalId":"1","currency":7,"isAdmin":true,"items":[{"sku":"A","quantity":"x"}]}""",
        "/currency wrong_type, /externalId duplicate_member, /isAdmin unknown_member, /items/0/quantity wrong_type, /items/0/unitPrice missing_member, /tender missing_member")]
    [InlineData(
        """{"externalId":" 1","currency":"XXQ","tender":"external","items":[{"sku":"a/b","quantity":0,"unitPrice":{"amount":-1,"currency":"GBP"}}]}""",
        "/currency unknown_currency, /externalId invalid_value, /items/0/quantity out_of_range, /items/0/sku invalid_sku, /items/0/unitPrice/amount out_of_range, /items/0/unitPrice/currency invalid_value")]
    public async Task EveryError_IsReportedAtOnce(string body, string expected)
    {
        var reply = await api.SendAsync("POST", "/v1/admin/orders", body);

        reply.ShouldBeProblem(400, "validation_failed");
        string.Join(", ", reply.Errors("pointer").Zip(reply.Errors("code"), static (at, code) => $"{at} {code}").Order(StringComparer.Ordinal))
            .ShouldBe(expected);
    }

    [Fact]
    public async Task Order_OfMoreThan2000Lines_IsRefused()
    {
        var line = """{"sku":"A","quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}""";
        string Body(int lines) =>
            $"{{\"externalId\":\"1\",\"currency\":\"GBP\",\"tender\":\"external\",\"items\":[{string.Join(',', Enumerable.Repeat(line, lines))}]}}";

        (await api.SendAsync("POST", "/v1/admin/orders", Body(2_001))).ShouldBeProblem(400, "validation_failed");
        (await api.SendAsync("POST", "/v1/admin/orders", Body(2_000))).Status.ShouldBeLessThan(300);
    }

    private static IEnumerable<(string Name, BadBody Body)> BadBodies(BodyRoute route)
    {
        var body = route.Body;
        var rest = body[1..] is "}" ? "}" : "," + body[1..];
        yield return ("unknown member", new(400, "validation_failed", $"{{\"isAdmin\":true{rest}", "unknown_member"));
        yield return ("wrong-case member", new(400, "validation_failed", $"{{\"Reason\":\"x\"{rest}", "unknown_member"));

        using var json = JsonDocument.Parse(body);
        if (json.RootElement.EnumerateObject().FirstOrDefault() is { Value.ValueKind: not JsonValueKind.Undefined } first)
        {
            yield return ("duplicate member", new(400, "validation_failed", $"{{\"{first.Name}\":{first.Value.GetRawText()}{rest}", "duplicate_member"));
            yield return ("another case of a member", new(
                400, "validation_failed", body.Replace($"\"{first.Name}\"", $"\"{first.Name.ToUpperInvariant()}\"", StringComparison.Ordinal), "unknown_member"));
            yield return ("nested too deep", new(400, "malformed_request", $"{{\"{first.Name}\":{Deep(17)}}}"));
            yield return ("nested 60 deep", new(400, "malformed_request", $"{{\"{first.Name}\":{Deep(60)}}}"));
            yield return ("wrong type", new(400, "validation_failed", $"{{\"{first.Name}\":{{}}}}", "wrong_type"));
            if (!route.MayBeAbsent)
            {
                yield return ("null member", new(400, "validation_failed", $"{{\"{first.Name}\":null}}"));
                yield return ("missing members", new(400, "validation_failed", "{}", "missing_member"));
            }
        }

        // The same inside the first nested object, such as a price or an address.
        if (body.IndexOf(":{\"", StringComparison.Ordinal) is > 0 and var start)
        {
            var name = body[(start + 3)..body.IndexOf('"', start + 3)];
            yield return ("unknown member within", new(400, "validation_failed", body.Insert(start + 2, "\"isAdmin\":true,"), "unknown_member"));
            yield return ("duplicate member within", new(400, "validation_failed", body.Insert(start + 2, $"\"{name}\":null,"), "duplicate_member"));
            yield return ("wrong-case member within", new(
                400, "validation_failed", body.Insert(start + 2, $"\"{name.ToUpperInvariant()}\":null,"), "unknown_member"));
        }

        if (FirstNumber().Match(body) is { Success: true } number)
        {
            string With(string text) => body[..number.Groups["value"].Index] + text + body[(number.Groups["value"].Index + number.Groups["value"].Length)..];
            yield return ("number as text", new(400, "validation_failed", With("\"7\""), "wrong_type"));
            yield return ("fraction", new(400, "validation_failed", With("1.5"), "wrong_type"));
            yield return ("fraction of 30 digits", new(400, "validation_failed", With("1.000000000000000000000000000001"), "wrong_type"));
            yield return ("1e40", new(400, "validation_failed", With("1e40"), "wrong_type"));
            yield return ("more than 64 bits", new(400, "validation_failed", With("99999999999999999999"), "wrong_type"));
            yield return ("2^63-1", new(400, "validation_failed", With("9223372036854775807")));
            yield return ("NaN", new(400, "malformed_request", With("NaN")));
            if (!route.MayBeNegative)
            {
                yield return ("negative number", new(400, "validation_failed", With("-1"), "out_of_range"));
            }
        }

        if (FirstText().Match(body) is { Success: true } text)
        {
            string With(string value) => body[..text.Groups["value"].Index] + value + body[(text.Groups["value"].Index + text.Groups["value"].Length)..];
            yield return ("NUL in a text", new(400, "validation_failed", With("a\\u0000b"), "nul_character"));
            yield return ("lone surrogate", new(400, "malformed_request", With("\\ud800")));
            yield return ("broken UTF-8", new(400, "malformed_request", With("a?b")) { Bytes = static b => Replace(b, (byte)'?', 0xC3) });
        }

        if (body.Contains("\"backorder\"", StringComparison.Ordinal))
        {
            yield return ("enum as number", new(400, "validation_failed", body.Replace("\"backorder\"", "99", StringComparison.Ordinal), "wrong_type"));
            yield return ("enum in another case", new(400, "validation_failed", body.Replace("\"backorder\"", "\"Backorder\"", StringComparison.Ordinal), "wrong_type"));
            yield return ("enum out of range", new(400, "validation_failed", body.Replace("\"backorder\"", "\"99\"", StringComparison.Ordinal), "wrong_type"));
        }

        foreach (var malformed in new[] { "{", "{\"a\":1,}", "/*x*/{}", $"{body}{body}", "nul", "{'a':1}", Deep(100) })
        {
            yield return ($"malformed {malformed[..Math.Min(12, malformed.Length)]}", new(400, "malformed_request", malformed));
        }

        yield return ("empty", new(400, "malformed_request", string.Empty));
        yield return ("a list", new(400, "validation_failed", "[]"));
        yield return ("null", new(400, "validation_failed", "null"));
        yield return ("a text", new(400, "validation_failed", "\"x\""));
        yield return ("a number", new(400, "validation_failed", "1"));
        yield return ("byte order mark", new(400, "malformed_request", "\uFEFF" + body));
        yield return ("too large", new(413, "body_too_large", body + new string(' ', route.Limit)));
        yield return ("too large, length unknown", new(413, "body_too_large", body + new string(' ', route.Limit)) { IsChunked = true });
        yield return ("deeper than large", new(413, "body_too_large", Deep(route.Limit)));
        yield return ("no content type", new(415, "unsupported_media_type", body) { ContentType = null });
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/xml", "nonsense" })
        {
            yield return (type, new(415, "unsupported_media_type", body) { ContentType = type });
        }
    }

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);

    private static byte[] Replace(byte[] bytes, byte old, byte value) => [.. bytes.Select(b => b == old ? value : b)];

    private Task<Reply> SendAsync(BodyRoute route, BadBody bad) =>
        api.SendAsync(route.Method, route.Path, adjust: request =>
        {
            var bytes = Encoding.UTF8.GetBytes(bad.Text);
            bytes = bad.Bytes?.Invoke(bytes) ?? bytes;
            request.Content = bad.IsChunked ? new StreamContent(new MemoryStream(bytes)) : new ByteArrayContent(bytes);
            request.Headers.TransferEncodingChunked = bad.IsChunked ? true : null;
            if (bad.ContentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", bad.ContentType);
            }
        });

    [GeneratedRegex("""\:(?<value>\d+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstNumber();

    [GeneratedRegex("""\:"(?<value>[^"]+)""" + "\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstText();

    private sealed record BadBody(int Status, string Code, string Text, string? Error = null)
    {
        public string? ContentType { get; init; } = "application/json";

        public bool IsChunked { get; init; }

        public Func<byte[], byte[]>? Bytes { get; init; }
    }
}
