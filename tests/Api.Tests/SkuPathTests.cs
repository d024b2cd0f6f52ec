using System.Text.Json;

namespace ActorShop.Api;

/// <summary>
/// Goal: what can be created can be reached.
/// Method: sends SKUs to the API's own socket, because the server decodes paths.
/// </summary>
public sealed class SkuPathTests : IAsyncDisposable, IAsyncLifetime
{
    // Printable, and each with a meaning in some URL.
    private const string Characters = "aZ09 !\"#$%&'()*+,-.:;<=>?@[]^_`{|}~éßДあ中";

    private static readonly string[] Bad = [".", "..", "A%2FB", "a/b", "a\\b", "%41", " A", "A ", "A\u202EB", "A\u200BB", "\u3164", "Gro\u0308ße", ""];

    private readonly TestApi _api = new("Production", onSockets: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task EverySku_ThatCanBeCreated_ReachesItsGrain()
    {
        var random = new Random(20_261_129);
        var valid = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string(random.GetItems(Characters.AsSpan(), random.Next(1, 9)));
            var body = $$$"""{"name":"Mug","variants":[{"sku":{{{JsonSerializer.Serialize(text)}}},"price":{"amount":1,"currency":"GBP"}}]}""";
            var created = await _api.SendAsync("POST", "/v1/admin/products", body);
            (created.Status < 300).ShouldBe(Sku.Check(text) is null, $"{text}: {created.Body}");
            if (created.Status < 300)
            {
                valid++;
                (await _api.SendAsync("GET", $"/v1/stock/{Uri.EscapeDataString(text)}")).Status.ShouldBe(200, text);
                _api.Grains.Calls[^1].Key.ShouldBe($"sku/{text}");
            }
        }

        valid.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task BadSku_IsRefused_WhereverItWouldBeCreated()
    {
        foreach (var text in Bad)
        {
            var sku = JsonSerializer.Serialize(text);
            foreach (var (path, body, at) in new[]
            {
                ("/v1/admin/products", $$$"""{"name":"Mug","variants":[{"sku":{{{sku}}},"price":{"amount":1,"currency":"GBP"}}]}""", "/variants/0/sku"),
                ("/v1/admin/orders", $$$"""{"externalId":"1","currency":"GBP","tender":"external","items":[{"sku":{{{sku}}},"quantity":1,"unitPrice":{"amount":1,"currency":"GBP"}}]}""", "/items/0/sku"),
                ("/v1/admin/credit-notes", $$"""{"externalId":"1","items":[{"sku":{{sku}},"quantity":1,"unitPrice":{"amount":1,"currency":"GBP"},"restock":true}],"reason":"x"}""", "/items/0/sku"),
            })
            {
                var reply = await _api.SendAsync("POST", path, body);

                reply.ShouldBeProblem(400, "validation_failed");
                reply.Errors("pointer").Distinct(StringComparer.Ordinal).ShouldBe([at], reply.Body);
                reply.Errors("code").ShouldContain("invalid_sku", StringComparer.Ordinal, reply.Body);
            }
        }

        foreach (var text in Bad.Where(static text => text.Length > 1 && text is not ".."))
        {
            foreach (var (method, path, body) in new[]
            {
                ("POST", "/v1/admin/stock/{0}/adjustments", """{"delta":1,"reason":"x"}"""),
                ("PUT", "/v1/admin/stock/{0}/policy", """{"policy":"untracked"}"""),
                ("PUT", $"/v1/carts/{TestApi.Cart}/items/{{0}}", """{"quantity":1}"""),
            })
            {
                var reply = await _api.SendAsync(method, path.Replace("{0}", Uri.EscapeDataString(text), StringComparison.Ordinal), body);

                reply.ShouldBeProblem(400, "validation_failed");
                reply.Errors("code").ShouldBe(["invalid_sku"], text);
            }
        }

        _api.Grains.Calls.Where(static call => call.Method is not "BeginAsync").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A%41", "A%2541")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("Gro\u0308ße", "Gro%CC%88%C3%9Fe")]
    public async Task StoredSku_OfAnEarlierVersion_IsStillRead(string sku, string path)
    {
        foreach (var (method, route) in new[]
        {
            ("GET", $"/v1/stock/{path}"), ("GET", $"/v1/admin/stock/{path}/ledger"), ("GET", $"/v1/admin/reservations?sku={path}"),
            ("DELETE", $"/v1/carts/{TestApi.Cart}/items/{path}"),
        })
        {
            (await _api.SendAsync(method, route, ifMatch: null)).Status.ShouldBe((int)HttpStatusCode.OK, route);
        }

        (await _api.SendAsync(
            "POST", $"/v1/admin/orders/{TestApi.Order}/refunds", $$"""{"items":[{"sku":{{JsonSerializer.Serialize(sku)}},"quantity":1}],"reason":"x"}""")).Status.ShouldBe(200);
    }
}
