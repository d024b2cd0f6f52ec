using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: what the README promises holds for the program as it is shipped.
/// Method: a real process on free ports with a folder of its own, spoken to over HTTP only; killed where a promise is about survival.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class JourneyTests
{
    private const string Sku = ShopProcess.SampleSku;

    [Fact]
    public async Task Readme_IsTrue()
    {
        await using var shop = await ShopProcess.StartAsync();

        // Ready is ready: what the first start brings is in the lists.
        var found = await shop.SendAsync("GET", "/v1/products?query=balance&limit=1");
        found.Body.GetProperty("data")[0].GetProperty("skus")[0].GetString().ShouldBe(Sku);

        var cart = await CartAsync(shop, Sku, 2);
        var first = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "try-1");
        first.Status.ShouldBe(HttpStatusCode.Created);
        first.Body.GetProperty("status").GetString().ShouldBe("confirmed");
        var order = first.Body.GetProperty("id").GetString();
        first.Response.Headers.Location!.ToString().ShouldBe($"/v1/orders/{order}");

        var again = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "try-1");
        again.Status.ShouldBe(HttpStatusCode.Created);
        again.Body.GetRawText().ShouldBe(first.Body.GetRawText());
        again.Response.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);

        var other = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer("tok_late"), "try-1");
        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Code(other.Body).ShouldBe("idempotency_key_reused");

        var history = await shop.SendAsync("GET", $"/v1/orders/{order}/history");
        var steps = history.Body.GetProperty("data").EnumerateArray().Select(static step => step.GetProperty("type").GetString()).ToArray();
        (steps[0], steps[^1]).ShouldBe(("placed", "confirmed"));

        var greedy = await CartAsync(shop, Sku, 9999);
        var refused = await shop.SendAsync("POST", $"/v1/carts/{greedy}/checkout", Buyer(), "try-2");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Code(refused.Body).ShouldBe("insufficient_stock");
        refused.Body.GetProperty("available").GetInt32().ShouldBe(await AvailableAsync(shop, Sku));

        (await shop.SendAsync("GET", "/v1/admin/reports/sales?by=day", asAdmin: true)).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.SendAsync("GET", "/v1/admin/reports/sales?by=day")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DeclinedCard_LeavesTheCartOpen_AndANewKeyBuys()
    {
        await using var shop = await ShopProcess.StartAsync();
        var before = await AvailableAsync(shop, Sku);
        var cart = await CartAsync(shop, Sku, 1);

        var declined = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer("tok_declined"), "a");
        declined.Status.ShouldBe(HttpStatusCode.PaymentRequired);
        declined.Body.GetProperty("declineCode").GetString().ShouldNotBeNullOrEmpty();
        (await AvailableAsync(shop, Sku)).ShouldBe(before);

        var paid = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "b");
        paid.Status.ShouldBe(HttpStatusCode.Created);
        (await AvailableAsync(shop, Sku)).ShouldBe(before - 1);

        var replay = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer("tok_declined"), "a");
        replay.Body.GetRawText().ShouldBe(declined.Body.GetRawText());
    }

    [Fact]
    public async Task KilledShop_KeepsEverythingItAcknowledged()
    {
        await using var shop = await ShopProcess.StartAsync();
        var bought = new List<(string Cart, string Order, string Bytes)>();
        for (var i = 0; i < 5; i++)
        {
            var cart = await CartAsync(shop, Sku, 1);
            var answer = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "buy");
            answer.Status.ShouldBe(HttpStatusCode.Created);
            bought.Add((cart, answer.Body.GetProperty("id").GetString()!, answer.Body.GetRawText()));
        }

        var open = await CartAsync(shop, Sku, 3);
        var stock = (await shop.SendAsync("GET", $"/v1/stock/{Sku}")).Body.GetRawText();

        await shop.KillAndRestartAsync();

        (await shop.SendAsync("GET", $"/v1/stock/{Sku}")).Body.GetRawText().ShouldBe(stock);
        foreach (var (cart, order, bytes) in bought)
        {
            (await shop.SendAsync("GET", $"/v1/orders/{order}")).Body.GetRawText().ShouldBe(bytes);
            var replay = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "buy");
            replay.Body.GetRawText().ShouldBe(bytes);
        }

        var rest = await shop.SendAsync("POST", $"/v1/carts/{open}/checkout", Buyer(), "rest");
        rest.Status.ShouldBe(HttpStatusCode.Created);
        rest.Body.GetProperty("items")[0].GetProperty("quantity").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task TwentyCheckoutsUnderOneKey_AreOneOrder()
    {
        await using var shop = await ShopProcess.StartAsync();
        var before = await AvailableAsync(shop, Sku);
        var cart = await CartAsync(shop, Sku, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "same")));

        answers.ShouldAllBe(static answer => answer.Status == HttpStatusCode.Created || IsRunning(answer.Body));
        answers.Where(static answer => answer.Status == HttpStatusCode.Created)
            .Select(static answer => answer.Body.GetRawText()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await AvailableAsync(shop, Sku)).ShouldBe(before - 1);
    }

    [Fact]
    public async Task TwoHundredBuyersOfTheLastUnit_LeaveOneHappy()
    {
        await using var shop = await ShopProcess.StartAsync();
        var before = await AvailableAsync(shop, Sku);
        var taken = await shop.SendAsync(
            "POST", $"/v1/admin/stock/{Sku}/adjustments", $"{{\"delta\":{(1 - before).ToString(CultureInfo.InvariantCulture)},\"reason\":\"count\"}}", "count", asAdmin: true);
        taken.Status.ShouldBe(HttpStatusCode.Created);
        var carts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => CartAsync(shop, Sku, 1)));

        var answers = await Task.WhenAll(carts.Select(cart => shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "buy")));

        answers.Count(static answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(static answer => answer.Status == HttpStatusCode.UnprocessableEntity && Code(answer.Body) is "insufficient_stock").ShouldBe(199);
        (await AvailableAsync(shop, Sku)).ShouldBe(0);
    }

    [Fact]
    public async Task TwoShops_OnOneMachine_DoNotMeet()
    {
        await using var one = await ShopProcess.StartAsync();
        await using var other = await ShopProcess.StartAsync();
        var before = await AvailableAsync(other, Sku);
        var cart = await CartAsync(one, Sku, 1);

        (await one.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "buy")).Status.ShouldBe(HttpStatusCode.Created);
        (await AvailableAsync(one, Sku)).ShouldBe(before - 1);
        (await AvailableAsync(other, Sku)).ShouldBe(before);
        (await other.SendAsync("GET", $"/v1/carts/{cart}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Ports_HaveNothingInCommon()
    {
        await using var shop = await ShopProcess.StartAsync();
        using var operators = new HttpClient { BaseAddress = shop.Operators };

        (await operators.GetAsync(new Uri("/", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await operators.GetAsync(new Uri("/health/details", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/v1/products", "/openapi/v1.json", "/docs/index.html", "/health/ready" })
        {
            (await operators.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await shop.Client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        foreach (var path in new[] { "/", "/health/details" })
        {
            (await shop.Client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private static string Buyer(string token = "tok_ok") => JsonSerializer.Serialize(new
    {
        email = "ada@example.com",
        shippingAddress = new { name = "Ada", line1 = "1 High Street", city = "Leeds", postalCode = "LS1 1AA", country = "GB" },
        payment = new { token },
    });

    private static bool IsRunning(JsonElement problem) => Code(problem) is "idempotency_in_progress";

    private static string? Code(JsonElement problem) => problem.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static async Task<string> CartAsync(ShopProcess shop, string sku, int quantity)
    {
        var cart = (await shop.SendAsync("POST", "/v1/carts", """{"currency":"GBP"}""")).Body.GetProperty("id").GetString()!;
        var put = await shop.SendAsync(
            "PUT", $"/v1/carts/{cart}/items/{sku}", $"{{\"quantity\":{quantity.ToString(CultureInfo.InvariantCulture)}}}");
        put.Status.ShouldBe(HttpStatusCode.OK, put.Body.GetRawText());
        return cart;
    }

    private static async Task<int> AvailableAsync(ShopProcess shop, string sku)
    {
        var stock = await shop.SendAsync("GET", $"/v1/stock/{sku}");
        stock.Status.ShouldBe(HttpStatusCode.OK, stock.Body.GetRawText());
        return stock.Body.GetProperty("available").GetInt32();
    }
}
