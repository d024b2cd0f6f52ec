using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>
/// Goal: one rule of text, of e-mail, of countries, of currencies and of SKUs at every entry point.
/// Method: puts each bad text into each string of each body that a route accepts; no call may reach a grain.
/// </summary>
public sealed class TextRuleTests(TestApi api) : IClassFixture<TestApi>
{
    private static readonly string[] BadTexts =
    [
        "a\u202Eb", "a\u2066b", "\u200B", "\u3164", "\u2800", "\u0301", " ", "a\u0007b", "a\u0085b", "a\u009Bb", "a\u0378", "a\uFFFE", "a\U000E0080",
        "a\u2062b", "a\uFEFFb", "a\U000E0041", "\uE000", "\U000F0000",
    ];

    private static readonly Type[] Rules =
    [
        typeof(TextAttribute), typeof(ExternalIdAttribute), typeof(EmailAttribute), typeof(SkuAttribute), typeof(CodeAttribute),
        typeof(CountryAttribute), typeof(CurrencyAttribute), typeof(NamedTextsAttribute),
    ];

    public static TheoryData<string> BodyRoutes => [.. Routes.WithBody.Select(static route => route.ToString())];

    [Theory]
    [MemberData(nameof(BodyRoutes))]
    public async Task BadText_IsRefused_InEveryMember(string route)
    {
        var target = Routes.WithBody.Single(candidate => string.Equals(candidate.ToString(), route, StringComparison.Ordinal));
        var before = api.Grains.Calls.Count;
        foreach (var (name, at) in Strings(JsonNode.Parse(target.Body)!).Select(static node => (node.GetPath(), node.GetPath())))
        {
            foreach (var bad in BadTexts)
            {
                var body = JsonNode.Parse(target.Body)!;
                Strings(body).Single(node => string.Equals(node.GetPath(), at, StringComparison.Ordinal)).ReplaceWith(bad);

                // A description may be blank, and a refund may name a SKU that an earlier version stored.
                var isStored = route.EndsWith("/refunds", StringComparison.Ordinal) && name.EndsWith(".sku", StringComparison.Ordinal) && Sku.MayBeStored(bad);
                var reply = await api.SendAsync(target.Method, target.Path, body.ToJsonString());
                if (!isStored && (bad is not " " || !MayBeBlank(name)))
                {
                    reply.ShouldBeProblem(400, "validation_failed");
                    api.Grains.Calls.Count.ShouldBe(before, $"{name} {Uri.EscapeDataString(bad)}");
                }

                before = api.Grains.Calls.Count;
            }
        }
    }

    [Theory]
    [InlineData("attributes")]
    [InlineData("options")]
    public async Task BadName_OfANamedText_IsRefused(string member)
    {
        foreach (var bad in BadTexts)
        {
            var texts = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [bad] = "x" });
            var (attributes, options) = member is "options" ? ("{}", texts) : (texts, "{}");

            var reply = await api.SendAsync("POST", "/v1/admin/products", $$$"""{"name":"Mug","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"},"options":{{{options}}}}],"attributes":{{{attributes}}}}""");

            reply.ShouldBeProblem(400, "validation_failed");
        }

        (await api.SendAsync("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"}}],"attributes":{"café":"1","cafe\u0301":"2"}}"""))
            .Errors("code").ShouldBe(["duplicate_value"]);
    }

    [Fact]
    public void EveryString_OfEveryBody_HasARule()
    {
        foreach (var type in Routes.Endpoints(api.Services).Select(static endpoint => endpoint.Metadata.GetMetadata<RequestBodyType>()?.Type).OfType<Type>().Distinct())
        {
            foreach (var (at, member) in Members(ApiJson.Options.GetTypeInfo(type), type.Name))
            {
                BodyValidation.RulesOf(member).ShouldContain(rule => Rules.Any(kind => kind.IsInstanceOfType(rule)), at);
            }
        }
    }

    [Fact]
    public async Task Texts_AreStoredComposed()
    {
        await using var own = new TestApi();

        await own.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", """{"email":"jose\u0301@example.org","shippingAddress":{"name":"Jose\u0301","line1":"1 Ru\u0308e","city":"Ko\u0308ln","country":"DE","postalCode":"50667","region":"NRW\u0308"},"payment":{"token":"tok_ok"}}""");
        var details = own.Grains.Calls.Single(static call => call.Method is "CheckoutAsync").Arguments.OfType<CheckoutDetails>().Single();
        (details.Email, details.ShippingAddress.Name, details.ShippingAddress.City).ShouldBe(("josé@example.org", "José", "Köln"));

        await own.SendAsync("POST", "/v1/admin/products", """{"name":"Cafe\u0301","variants":[{"sku":"A","price":{"amount":1,"currency":"GBP"},"options":{"gro\u0308ße":"scho\u0308n"}}],"attributes":{"gro\u0308ße":"scho\u0308n"}}""");
        var draft = own.Grains.Calls[^1].Arguments.OfType<ProductDraft>().Single();
        draft.Name.ShouldBe("Café");
        draft.Name.Length.ShouldBe(4);
        draft.Attributes.ShouldBe([new("größe", "schön")]);
        draft.Variants[0].Options.ShouldBe([new("größe", "schön")]);
    }

    [Theory]
    [InlineData("<a@b>")]
    [InlineData("a@b;x")]
    [InlineData("a@-")]
    [InlineData("a@b.co\\nBcc: c@d.co")]
    public async Task InvalidEmail_IsRefused_AtCheckoutAndImport(string email)
    {
        foreach (var route in Routes.WithBody.Where(static route => route.Body.Contains("ada@example.org", StringComparison.Ordinal)))
        {
            var reply = await api.SendAsync(route.Method, route.Path, route.Body.Replace("ada@example.org", email, StringComparison.Ordinal));

            reply.ShouldBeProblem(400, "validation_failed");
            reply.Errors("pointer").ShouldBe(["/email"]);
        }
    }

    [Theory]
    [InlineData("""{"country":"GB","postalCode":"LS1"}""", null)]
    [InlineData("""{"country":"US","postalCode":"10001","region":"NY","phone":"(212) 555-0100 x12","company":"Acme & Sons"}""", null)]
    [InlineData("""{"country":"HK"}""", null)]
    [InlineData("""{"country":"AE","postalCode":""}""", null)]
    [InlineData("""{"country":"IE","region":"County Cork"}""", null)]
    [InlineData("""{"country":"GB"}""", "/shippingAddress/postalCode")]
    [InlineData("""{"country":"US","postalCode":" "}""", "/shippingAddress/postalCode")]
    [InlineData("""{"country":"ZZ","postalCode":"1"}""", "/shippingAddress/country")]
    [InlineData("""{"country":"UK","postalCode":"1"}""", "/shippingAddress/country")]
    [InlineData("""{"country":"gb","postalCode":"1"}""", "/shippingAddress/country")]
    [InlineData("""{"country":"HK","phone":"call me"}""", "/shippingAddress/phone")]
    [InlineData("""{"country":"HK","phone":"+"}""", "/shippingAddress/phone")]
    [InlineData("""{"country":"HK","region":""}""", "/shippingAddress/region")]
    [InlineData("""{"country":"HK","company":"\u202E"}""", "/shippingAddress/company")]
    public async Task Address_NeedsWhatItsCountryNeeds(string address, string? at)
    {
        var body = JsonNode.Parse($$$"""{"email":"ada@example.org","shippingAddress":{{{address}}},"payment":{"token":"tok_ok"}}""")!;
        foreach (var required in new[] { "name", "line1", "city" })
        {
            body["shippingAddress"]![required] = "x";
        }

        var reply = await api.SendAsync("POST", $"/v1/carts/{TestApi.Cart}/checkout", body.ToJsonString());

        reply.Status.ShouldBe(at is null ? 202 : 400, reply.Body);
        if (at is not null)
        {
            reply.Errors("pointer").Distinct(StringComparer.Ordinal).ShouldBe([at]);
            return;
        }

        var stored = api.Grains.Calls.Last(static call => call.Method is "CheckoutAsync").Arguments.OfType<CheckoutDetails>().Single().ShippingAddress;
        JsonNode.DeepEquals(
            JsonSerializer.SerializeToNode(AddressBody.Of(stored)! with { PostalCode = stored.PostalCode.Length > 0 ? stored.PostalCode : null }, ApiJson.Options),
            WithoutEmpty(body["shippingAddress"]!)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"HRK","tender":"external","placedAt":"2015-03-01T12:00:00Z","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":100,"currency":"HRK"}}]}""", null)]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"BGN","tender":"external","placedAt":"2025-12-31T12:00:00+02:00","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":100,"currency":"BGN"}}]}""", null)]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"HRK","tender":"external","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":100,"currency":"HRK"}}]}""", "/placedAt")]
    [InlineData("POST", "/v1/admin/orders", """{"externalId":"1","currency":"XXQ","tender":"external","placedAt":"2015-03-01T12:00:00Z","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":100,"currency":"XXQ"}}]}""", "/currency /items/0/unitPrice/currency")]
    [InlineData("POST", "/v1/admin/ledger/entries", """{"externalId":"1","amount":{"amount":5,"currency":"DEM"},"account":"bad-debt","reason":"x"}""", null)]
    [InlineData("POST", "/v1/admin/credit-notes", """{"externalId":"1","items":[{"sku":"A","quantity":1,"unitPrice":{"amount":5,"currency":"HRK"}}],"reason":"x"}""", null)]
    [InlineData("POST", "/v1/admin/orders/" + TestApi.Order + "/refunds", """{"items":[{"sku":"A","quantity":1,"unitPrice":{"amount":5,"currency":"HRK"}}],"reason":"x"}""", null)]
    [InlineData("POST", "/v1/carts", """{"currency":"HRK"}""", "/currency")]
    [InlineData("POST", "/v1/admin/products", """{"name":"Mug","variants":[{"sku":"A","price":{"amount":1,"currency":"BGN"}}]}""", "/variants/0/price/currency")]
    [InlineData("PUT", "/v1/admin/products/" + TestApi.Product, """{"name":"Mug","variants":[{"sku":"A","prices":[{"amount":1,"currency":"EUR"},{"amount":1,"currency":"DEM"}]}]}""", "/variants/0/prices/1/currency")]
    [InlineData("GET", "/v1/admin/reports/sales?currency=HRK", null, null)]
    public async Task WithdrawnCurrency_IsAcceptedForTheHistory_AndRefusedForCartsAndPrices(string method, string path, string? body, string? at)
    {
        var reply = await api.SendAsync(method, path, body);

        reply.Status.ShouldBe(at is null ? reply.Status / 100 == 2 ? reply.Status : 200 : 400, reply.Body);
        if (at is not null)
        {
            reply.Errors("pointer").Order(StringComparer.Ordinal).ShouldBe(at.Split(' '));
        }
    }

    private static bool MayBeBlank(string path) =>
        path.EndsWith(".line2", StringComparison.Ordinal) || path.EndsWith(".description", StringComparison.Ordinal)
        || path.Contains(".attributes.", StringComparison.Ordinal) || path.Contains(".options.", StringComparison.Ordinal);

    private static JsonObject WithoutEmpty(JsonNode node) =>
        new(node.AsObject().Where(static member => member.Value?.GetValue<string>() is not "").Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static IEnumerable<JsonValue> Strings(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(static member => Strings(member.Value!)),
        JsonArray items => items.SelectMany(static item => Strings(item!)),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => [value],
        _ => [],
    };

    private static IEnumerable<(string At, JsonPropertyInfo Member)> Members(JsonTypeInfo type, string at)
    {
        foreach (var member in type.Properties)
        {
            var inner = ApiJson.Options.GetTypeInfo(member.PropertyType);
            var item = inner.Kind is JsonTypeInfoKind.Enumerable ? ApiJson.Options.GetTypeInfo(inner.ElementType!) : inner;
            if (member.PropertyType == typeof(string) || inner.Kind is JsonTypeInfoKind.Dictionary)
            {
                yield return ($"{at}.{member.Name}", member);
            }
            else if (item.Kind is JsonTypeInfoKind.Object)
            {
                foreach (var below in Members(item, $"{at}.{member.Name}"))
                {
                    yield return below;
                }
            }
        }
    }
}
