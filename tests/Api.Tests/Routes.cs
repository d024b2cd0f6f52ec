using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Api;

/// <summary>Every route that takes a body, with a body that it accepts.</summary>
internal static class Routes
{
    private const string Address =
        """{"name":"Ada","line1":"1 Mill Lane","city":"Leeds","postalCode":"LS1","country":"GB","line2":"Flat 2","region":"West Yorkshire","phone":"+44 113 496 0000","company":"Mill"}""";

    public static IReadOnlyList<BodyRoute> WithBody { get; } =
    [
        new("POST", "/v1/carts", """{"currency":"GBP","externalId":"basket 1"}"""),
        new("PUT", $"/v1/carts/{TestApi.Cart}/items/SKU-1", """{"quantity":2}"""),
        new("POST", $"/v1/carts/{TestApi.Cart}/checkout", $$$"""{"email":"ada@example.org","shippingAddress":{{{Address}}},"payment":{"token":"tok_ok"}}"""),
        new("POST", $"/v1/orders/{TestApi.Order}/cancel", """{"reason":"changed my mind"}""") { MayBeAbsent = true },
        new("POST", "/v1/admin/products", Product),
        new("PUT", $"/v1/admin/products/{TestApi.Product}", Product),
        new("POST", "/v1/admin/categories", """{"code":"mugs","name":"Mugs"}"""),
        new("PUT", "/v1/admin/categories/mugs", """{"name":"Mugs"}"""),
        new("POST", "/v1/admin/stock/SKU-1/adjustments", """{"delta":5,"reason":"receipt"}""") { MayBeNegative = true },
        new("PUT", "/v1/admin/stock/SKU-1", """{"onHand":5,"reason":"opening stock","policy":"backorder","backorderLimit":5}""") { MayBeNegative = true },
        new("PUT", "/v1/admin/stock/SKU-1/policy", """{"policy":"backorder","backorderLimit":5}"""),
        new("POST", "/v1/admin/orders", """{"externalId":"536365","currency":"GBP","tender":"external","items":[{"sku":"85123A","quantity":6,"unitPrice":{"amount":255,"currency":"GBP"},"name":"Lantern"}],"customerId":"C 17","email":"ada@example.org"}""") { Limit = 1024 * 1024 },
        new("POST", $"/v1/admin/orders/{TestApi.Order}/capture", "{}") { MayBeAbsent = true },
        new("POST", $"/v1/admin/orders/{TestApi.Order}/cancel", """{"reason":"out of stock"}""") { MayBeAbsent = true },
        new("POST", $"/v1/admin/orders/{TestApi.Order}/refunds", """{"items":[{"sku":"85123A","quantity":1,"restock":true}],"reason":"broken","externalId":"R1"}"""),
        new("POST", "/v1/admin/credit-notes", """{"externalId":"C1","items":[{"sku":"85123A","quantity":1,"unitPrice":{"amount":255,"currency":"GBP"}}],"reason":"goodwill","customerId":"C 17"}"""),
        new("POST", "/v1/admin/ledger/entries", """{"externalId":"A1","amount":{"amount":1106206,"currency":"GBP"},"account":"bad-debt","reason":"adjust bad debt","customerId":"C 17"}""") { MayBeNegative = true },
    ];

    private const string Product =
        """{"name":"Mug","variants":[{"sku":"MUG","price":{"amount":599,"currency":"GBP"},"options":{"colour":"red"}}],"attributes":{"material":"clay"},"description":"Holds tea.","category":"mugs","externalId":"P 1"}""";

    /// <summary>Every route that takes a query, without parameters that are optional.</summary>
    public static IReadOnlyList<string> WithQuery { get; } =
    [
        "/v1/products", "/v1/admin/products", $"/v1/orders/{TestApi.Order}/history", $"/v1/admin/orders/{TestApi.Order}/history", "/v1/admin/stock/SKU-1/ledger",
        "/v1/admin/orders", "/v1/admin/ledger", "/v1/admin/sagas", "/v1/admin/outbox", "/v1/admin/reports/sales",
        "/v1/admin/reports/best-sellers", "/v1/admin/reports/stock-value", "/v1/admin/reservations?sku=SKU-1", "/v1/categories",
        "/v1/admin/ledger/balances",
    ];

    /// <summary>The routes of the API that runs, by their patterns.</summary>
    public static IEnumerable<(string Method, string Path)> Mapped(IServiceProvider services) => Endpoints(services)
        .SelectMany(static endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
            static (endpoint, method) => (method, endpoint.RoutePattern.RawText!.TrimEnd('/')));

    public static IEnumerable<RouteEndpoint> Endpoints(IServiceProvider services) => services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(static endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal));

    /// <summary>Method and path of a route, with ids in place of the placeholders.</summary>
    public static string NameOf(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {Filled(endpoint.RoutePattern.RawText!.TrimEnd('/'))}";

    public static string Filled(string path) => path
        .Replace("{id}", path switch
        {
            _ when path.Contains("/carts/", StringComparison.Ordinal) => TestApi.Cart,
            _ when path.Contains("/products/", StringComparison.Ordinal) => TestApi.Product,
            _ when path.Contains("/payments/", StringComparison.Ordinal) => TestApi.Payment,
            _ => TestApi.Order,
        }, StringComparison.Ordinal)
        .Replace("{sku}", "SKU-1", StringComparison.Ordinal)
        .Replace("{code}", "mugs", StringComparison.Ordinal);
}

public sealed record BodyRoute(string Method, string Path, string Body)
{
    public bool MayBeAbsent { get; init; }

    public bool MayBeNegative { get; init; }

    public int Limit { get; init; } = 64 * 1024;

    public override string ToString() => $"{Method} {Path}";
}
