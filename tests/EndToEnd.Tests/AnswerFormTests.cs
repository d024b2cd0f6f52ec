using System.Net;
using System.Text;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: answers end with a newline, so that a terminal shows its prompt on a line of its own. Method: the shop as a process; the bytes of answers that are
/// written by the framework, from a cache, from stored bytes and by error handlers.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class AnswerFormTests
{
    [Fact]
    public async Task EveryJsonAnswer_EndsWithOneNewline_AndHasItsLength()
    {
        await using var shop = await ShopProcess.StartAsync();
        var product = (await shop.SendAsync("GET", "/v1/products?limit=1")).Body.GetProperty("data")[0].GetProperty("id").GetString();
        var cart = (await shop.SendAsync("POST", "/v1/carts", """{"currency":"GBP"}""")).Member("id");
        const string Delivery = """{"delta":1,"reason":"delivery"}""";

        await EndsWithNewlineAsync(shop.Client, "GET", "/v1/products?limit=1");
        await EndsWithNewlineAsync(shop.Client, "GET", $"/v1/carts/{cart}");
        await EndsWithNewlineAsync(shop.Client, "GET", "/v1/carts/cart_unknown", HttpStatusCode.NotFound);
        await EndsWithNewlineAsync(shop.Client, "GET", "/nowhere", HttpStatusCode.NotFound);
        await EndsWithNewlineAsync(shop.Client, "GET", "/v1/admin/orders", HttpStatusCode.Unauthorized, key: null);
        await EndsWithNewlineAsync(shop.Client, "POST", "/v1/carts", HttpStatusCode.BadRequest, "{}");
        await EndsWithNewlineAsync(shop.Client, "GET", "/health/ready");
        await EndsWithNewlineAsync(shop.Client, "GET", "/openapi/v1.json");
        await EndsWithNewlineAsync(shop.OperatorsClient, "GET", "/health/details");

        // The second answer is the cached one, and the stored one.
        var fresh = await EndsWithNewlineAsync(shop.Client, "GET", $"/v1/products/{product}", key: null);
        (await EndsWithNewlineAsync(shop.Client, "GET", $"/v1/products/{product}", key: null)).ShouldBe(fresh);
        var first = await EndsWithNewlineAsync(shop.Client, "POST", "/v1/admin/stock/SCL-BAL-2K/adjustments", HttpStatusCode.Created, Delivery);
        (await EndsWithNewlineAsync(shop.Client, "POST", "/v1/admin/stock/SCL-BAL-2K/adjustments", HttpStatusCode.Created, Delivery)).ShouldBe(first);

        (await BytesAsync(
            shop.Client, "PUT", $"/v1/carts/{cart}/items/SCL-BAL-2K", HttpStatusCode.NoContent, """{"quantity":1}""", prefer: "return=minimal")).ShouldBeEmpty();
    }

    private static async Task<byte[]> BytesAsync(
        HttpClient client, string method, string path, HttpStatusCode? status = null, string? body = null, string? key = ShopProcess.AdminKey,
        string? prefer = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = key is null ? null : Http.Bearer(key);
        request.Headers.Add("Idempotency-Key", "the-same");
        request.Headers.Add("Prefer", prefer is null ? [] : [prefer]);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        response.StatusCode.ShouldBe(status ?? response.StatusCode, Encoding.UTF8.GetString(bytes));
        (response.Content.Headers.ContentLength ?? bytes.Length).ShouldBe(bytes.Length, path);
        return bytes;
    }

    private static async Task<byte[]> EndsWithNewlineAsync(
        HttpClient client, string method, string path, HttpStatusCode status = HttpStatusCode.OK, string? body = null, string? key = ShopProcess.AdminKey)
    {
        var bytes = await BytesAsync(client, method, path, status, body, key);
        bytes[^2..].ShouldBe("}\n"u8.ToArray(), path);
        return bytes;
    }
}
