using System.Net;
using System.Text.Json;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: the program as it is shipped keeps the promises of the README.
/// Method: a real process on free ports with a folder of its own, over HTTP only; killed where a promise is about survival.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class JourneyTests
{
    private const string Sku = ShopProcess.SampleSku;

    [Fact]
    public async Task Readme_IsTrue()
    {
        await using var shop = await ShopProcess.StartAsync();

        // A ready shop has the sample catalogue in its lists.
        var found = await shop.SendAsync("GET", "/v1/products?query=balance&limit=1");
        found.Body.GetProperty("data")[0].GetProperty("skus")[0].GetString().ShouldBe(Sku);

        var cart = await CartAsync(shop, Sku, 2);
        var first = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "try-1");
        first.Status.ShouldBe(HttpStatusCode.Created);
        first.Member("status").ShouldBe("confirmed");
        var order = first.Member("id");
        first.Headers.Location!.ToString().ShouldBe($"/v1/orders/{order}");

        var again = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "try-1");
        again.Status.ShouldBe(HttpStatusCode.Created);
        again.Text.ShouldBe(first.Text);
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        again.Headers.ETag.ShouldBe(first.Headers.ETag.ShouldNotBeNull());

        var other = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer("tok_late"), "try-1");
        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        other.Code.ShouldBe("idempotency_key_reused");

        var history = await shop.SendAsync("GET", $"/v1/orders/{order}/history");
        var steps = history.Body.GetProperty("data").EnumerateArray().Select(static step => step.GetProperty("type").GetString()).ToArray();
        (steps[0], steps[^1]).ShouldBe(("placed", "confirmed"));

        var greedy = await CartAsync(shop, Sku, 999);
        var refused = await shop.SendAsync("POST", $"/v1/carts/{greedy}/checkout", Buyer(), "try-2");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Code.ShouldBe("insufficient_stock");
        refused.Body.GetProperty("available").GetInt32().ShouldBe(await AvailableAsync(shop, Sku));

        (await shop.SendAsync("GET", "/v1/admin/reports/sales?by=day", asAdmin: true)).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.SendAsync("GET", "/v1/admin/reports/sales?by=day")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DeclinedCard_LeavesTheCartOpen_ForAnotherCard()
    {
        await using var shop = await ShopProcess.StartAsync();
        var before = await AvailableAsync(shop, Sku);
        var cart = await CartAsync(shop, Sku, 1);

        var declined = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer("tok_declined"), "a");
        declined.Status.ShouldBe(HttpStatusCode.PaymentRequired);
        declined.Member("declineCode").ShouldNotBeNullOrEmpty();
        (await AvailableAsync(shop, Sku)).ShouldBe(before);

        var paid = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "b");
        paid.Status.ShouldBe(HttpStatusCode.Created);
        (await AvailableAsync(shop, Sku)).ShouldBe(before - 1);

        var replay = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer("tok_declined"), "a");
        replay.Text.ShouldBe(declined.Text);
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
            bought.Add((cart, answer.Member("id"), answer.Text));
        }

        var open = await CartAsync(shop, Sku, 3);
        var stock = (await shop.SendAsync("GET", $"/v1/stock/{Sku}")).Text;

        await shop.KillAndRestartAsync();

        (await shop.SendAsync("GET", $"/v1/stock/{Sku}")).Text.ShouldBe(stock);
        foreach (var (cart, order, bytes) in bought)
        {
            (await shop.SendAsync("GET", $"/v1/orders/{order}")).Text.ShouldBe(bytes);
            var replay = await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "buy");
            replay.Text.ShouldBe(bytes);
        }

        var rest = await shop.SendAsync("POST", $"/v1/carts/{open}/checkout", Buyer(), "rest");
        rest.Status.ShouldBe(HttpStatusCode.Created);
        rest.Body.GetProperty("items")[0].GetProperty("quantity").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task TwentyCheckouts_AreOneOrder_UnderOneKey()
    {
        await using var shop = await ShopProcess.StartAsync();
        var before = await AvailableAsync(shop, Sku);
        var cart = await CartAsync(shop, Sku, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "same")));

        answers.ShouldAllBe(static answer => answer.Status == HttpStatusCode.Created || string.Equals(answer.Code, "idempotency_in_progress", StringComparison.Ordinal));
        answers.Where(static answer => answer.Status == HttpStatusCode.Created)
            .Select(static answer => answer.Text).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await AvailableAsync(shop, Sku)).ShouldBe(before - 1);
    }

    [Fact]
    public async Task LastUnit_IsSoldOnce_ToTwoHundredBuyers()
    {
        await using var shop = await ShopProcess.StartAsync();
        var before = await AvailableAsync(shop, Sku);
        var taken = await shop.SendAsync(
            "POST", $"/v1/admin/stock/{Sku}/adjustments", $"{{\"delta\":{1 - before},\"reason\":\"count\"}}", "count", asAdmin: true);
        taken.Status.ShouldBe(HttpStatusCode.Created);
        var carts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => CartAsync(shop, Sku, 1)));

        var answers = await Task.WhenAll(carts.Select(cart => shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Buyer(), "buy")));

        answers.Count(static answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(static answer => answer.Status == HttpStatusCode.UnprocessableEntity && answer.Code is "insufficient_stock").ShouldBe(199);
        (await AvailableAsync(shop, Sku)).ShouldBe(0);
    }

    [Fact]
    public async Task TwoShops_ShareNothing_OnOneMachine()
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
    public async Task Ports_ShareNoRoute()
    {
        await using var shop = await ShopProcess.StartAsync();
        foreach (var (path, isPublic) in new[]
        {
            ("/", false), ("/health/details", false), ("/v1/products", true), ("/openapi/v1.json", true), ("/docs/index.html", true), ("/health/ready", true),
        })
        {
            (await shop.Client.ReadAsync(path)).Status.ShouldBe(isPublic ? HttpStatusCode.OK : HttpStatusCode.NotFound, path);
            (await shop.OperatorsClient.ReadAsync(path, Http.Bearer(ShopProcess.AdminKey))).Status.ShouldBe(isPublic ? HttpStatusCode.NotFound : HttpStatusCode.OK, path);
        }
    }

    private static string Buyer(string token = "tok_ok") => JsonSerializer.Serialize(new
    {
        email = "ada@example.com",
        shippingAddress = new { name = "Ada", line1 = "1 High Street", city = "Leeds", postalCode = "LS1 1AA", country = "GB" },
        payment = new { token },
    });

    private static async Task<string> CartAsync(ShopProcess shop, string sku, int quantity)
    {
        var cart = (await shop.SendAsync("POST", "/v1/carts", """{"currency":"GBP"}""")).Member("id");
        var put = await shop.SendAsync(
            "PUT", $"/v1/carts/{cart}/items/{sku}", $"{{\"quantity\":{quantity}}}");
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        return cart;
    }

    private static async Task<int> AvailableAsync(ShopProcess shop, string sku)
    {
        var stock = await shop.SendAsync("GET", $"/v1/stock/{sku}");
        stock.Status.ShouldBe(HttpStatusCode.OK, stock.Text);
        return stock.Body.GetProperty("available").GetInt32();
    }
}
