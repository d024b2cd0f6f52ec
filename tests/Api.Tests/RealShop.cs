using System.Text.RegularExpressions;
using ActorShop.Payments;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using ActorShop.Silo.Payments;
using ActorShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorShop.Api;

/// <summary>
/// The API over the shop's own grains, with a product and its category, a stock, an open cart, an empty cart, an ordered cart, a captured
/// order and a ledger entry.
/// </summary>
/// <remarks>There are no read models, so tests cannot list anything.</remarks>
public sealed class RealShop : IAsyncLifetime
{
    private ShopCluster _cluster = null!;

    public TestApi Api { get; private set; } = null!;

    /// <summary>The placeholders of <see cref="Fill"/> with their ids.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _cluster = await ShopCluster.StartAsync(static services => services.AddSingleton<IPaymentProvider>(static provider =>
        {
            var (clock, options) = (provider.GetRequiredService<TimeProvider>(), new SimulatorOptions());
            return new SimulatedPaymentProvider(new Acquirer(new MemoryJournal(), clock, options), clock, options);
        }));
        Api = new TestApi(Environments.Production, _cluster.Grains);
        await GivenAsync("POST", "/v1/admin/categories", """{"code":"mugs","name":"Mugs"}""");
        var product = await GivenAsync(
            "POST", "/v1/admin/products", """{"name":"Mug","category":"mugs","externalId":"P-1","variants":[{"sku":"MUG","price":{"amount":500,"currency":"GBP"}}]}""");
        await GivenAsync("POST", "/v1/admin/stock/MUG/adjustments", """{"delta":10,"reason":"delivery"}""");
        await GivenAsync("POST", "/v1/admin/ledger/entries", """{"externalId":"E-1","amount":{"amount":5,"currency":"GBP"},"account":"bad-debt","reason":"x"}""");
        var ordered = await CartAsync();
        var order = await GivenAsync("POST", $"/v1/carts/{ordered}/checkout", Checkout);
        await GivenAsync("POST", $"/v1/admin/orders/{order}/capture", "{}");
        Ids = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["{product}"] = product,
            ["{ordered}"] = ordered,
            ["{order}"] = order,
            ["{cart}"] = await CartAsync(),
            ["{empty}"] = await GivenAsync("POST", "/v1/carts", """{"currency":"GBP"}"""),
            ["{missing}"] = Samples.Digits,
        };
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    public const string Checkout =
        """{"email":"ada@example.org","shippingAddress":{"name":"Ada","line1":"1 Mill Lane","city":"Leeds","postalCode":"LS1","country":"GB"},"payment":{"token":"tok_ok"}}""";

    public string Fill(string text) => Ids.Aggregate(text, static (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal));

    /// <summary>The number of durable writes and all that can be read, except the records of requests, which are stored for refusals too.</summary>
    public async Task<string> EverythingAsync(bool failedOrderMayBeWritten)
    {
        var written = _cluster.Store.Writes.Count(write => write.StateName is not "idempotency"
            && !(failedOrderMayBeWritten && write.StateName is "order" or "external-id"));
        var texts = new List<string> { $"{written} writes, {_cluster.Store.Postings.Length} postings" };
        foreach (var path in new[] { "/v1/carts/{cart}", "/v1/carts/{empty}", "/v1/carts/{ordered}", "/v1/orders/{order}", "/v1/products/{product}", "/v1/stock/MUG" })
        {
            // A cart says when its prices were read.
            var body = (await Api.SendAsync("GET", Fill(path), ifMatch: null)).Body;
            texts.Add(Regex.Replace(body, "\"pricedAt\":\"[^\"]*\"", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        return string.Join('\n', texts);
    }

    private async Task<string> CartAsync()
    {
        var cart = await GivenAsync("POST", "/v1/carts", """{"currency":"GBP"}""");
        (await Api.SendAsync("PUT", $"/v1/carts/{cart}/items/MUG", """{"quantity":2}""", ifMatch: null)).Status.ShouldBe(200);
        return cart;
    }

    private async Task<string> GivenAsync(string method, string path, string body)
    {
        var reply = await Api.SendAsync(method, path, body, key: $"given {path}", ifMatch: null);
        reply.Status.ShouldBeLessThan(300, reply.Body);
        return reply.Json.TryGetProperty("id", out var id) ? id.GetString()! : string.Empty;
    }
}
