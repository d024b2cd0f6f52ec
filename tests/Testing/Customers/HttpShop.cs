using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Testing.Customers;

public sealed class HttpShop(HttpMessageInvoker http, Uri server, string apiKey) : IShop
{
    /// <summary>The kind of a request, for handlers that count.</summary>
    public static readonly HttpRequestOptionsKey<CallKind> Kind = new("kind");

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly object Address = new { name = "Ada", line1 = "1 High Street", city = "Leeds", postalCode = "LS1 1AA", country = "GB" };

    public async Task<ShopReply> SendAsync(ShopCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);

        var (method, path, body) = Route(call);
        using var request = new HttpRequestMessage(method, new Uri(server, path));
        request.Options.Set(Kind, call.Kind);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (call.Key is not null)
        {
            request.Headers.Add("Idempotency-Key", call.Key);
        }

        if (call.Kind is CallKind.CreateProduct or CallKind.SetPrice)
        {
            request.Headers.Add(call.Kind is CallKind.CreateProduct ? "If-None-Match" : "If-Match", "*");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Options));
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var reply = Read(call.Kind, (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            return reply with { IsPassing = response.Headers.RetryAfter is not null };
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return ShopReply.Unknown;
        }
    }

    private static (HttpMethod Method, string Path, object? Body) Route(ShopCall call)
    {
        var sku = Uri.EscapeDataString(call.Sku ?? string.Empty);
        return call.Kind switch
        {
            CallKind.ListProducts => (HttpMethod.Get, "/v1/products?limit=10", null),
            CallKind.ReadProduct => (HttpMethod.Get, $"/v1/products/{call.Product}", null),
            CallKind.ReadStock => (HttpMethod.Get, $"/v1/stock/{sku}", null),
            CallKind.CreateCart => (HttpMethod.Post, "/v1/carts", new { currency = ShopCall.Currency }),
            CallKind.ReadCart => (HttpMethod.Get, $"/v1/carts/{call.Cart}", null),
            CallKind.SetLine when call.Quantity == 0 => (HttpMethod.Delete, $"/v1/carts/{call.Cart}/items/{sku}", null),
            CallKind.SetLine => (HttpMethod.Put, $"/v1/carts/{call.Cart}/items/{sku}", new { quantity = call.Quantity }),
            CallKind.Checkout => (HttpMethod.Post, $"/v1/carts/{call.Cart}/checkout", new { email = "ada@example.com", shippingAddress = Address, payment = new { token = call.Token }, expectedTotal = Money(call.ExpectedTotal) }),
            CallKind.ReadOrder => (HttpMethod.Get, $"/v1/orders/{call.Order}", null),
            CallKind.Cancel => (HttpMethod.Post, $"/v1/{(call.IsByEmployee ? "admin/" : "")}orders/{call.Order}/cancel", new { reason = "changed my mind" }),
            CallKind.Capture => (HttpMethod.Post, $"/v1/admin/orders/{call.Order}/capture", new { }),
            CallKind.Ship => (HttpMethod.Post, $"/v1/admin/orders/{call.Order}/shipments", new { }),
            CallKind.Refund => (HttpMethod.Post, $"/v1/admin/orders/{call.Order}/refunds",
                new { items = new[] { RefundItem(call) }, reason = "does not fit", creditNote = call.MakesCreditNote }),
            CallKind.CreateProduct or CallKind.SetPrice => (HttpMethod.Put, $"/v1/admin/products/{call.Product}",
                new { name = $"Product {call.Sku}", variants = new[] { new { sku = call.Sku, price = Money(call.Price) } } }),
            CallKind.Import => (HttpMethod.Post, "/v1/admin/orders",
                new { externalId = call.Key, currency = ShopCall.Currency, tender = "external", fulfilled = call.IsShipped, items = new[] { new { sku = call.Sku, quantity = call.Quantity, unitPrice = Money(call.Price) } } }),

            // The key is the reason, so that each entry of the ledger names its request.
            CallKind.Restock => (HttpMethod.Post, $"/v1/admin/stock/{sku}/adjustments", new { delta = call.Quantity, reason = call.Key }),
            _ => throw new ArgumentOutOfRangeException(nameof(call), call.Kind, "No route."),
        };
    }

    private static object RefundItem(ShopCall call) => call.Quantity == 0
        ? new { sku = call.Sku, amount = Money(call.Price) }
        : new { sku = call.Sku, quantity = call.Quantity, restock = call.ReturnsUnits, unitPrice = Money(call.Price) };

    private static object? Money(long? amount) => amount is null ? null : new { amount, currency = ShopCall.Currency };

    private static ShopReply Read(CallKind kind, int status, string text)
    {
        var reply = new ShopReply(status) { Body = text.Length == 0 ? null : text };
        if (text.Length == 0 || Parse(text) is not { ValueKind: JsonValueKind.Object } json)
        {
            return reply;
        }

        return reply with
        {
            Code = Text(json, "code"),
            Id = Text(json, "id"),
            State = Text(json, "status"),
            Version = Number(json, "version"),
            OnHand = Number(json, "onHand"),
            Reserved = Number(json, "reserved"),
            BackorderLimit = Number(json, "backorderLimit"),
            Amount = json.TryGetProperty(kind is CallKind.Refund ? "refunded" : "total", out var money) ? Number(money, "amount") : 0,
        };
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            // A page of a proxy: the status is enough.
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt64() : 0;
}
