using System.Net.Sockets;
using System.Text;

namespace ActorShop.Api;

/// <summary>
/// Goal: the API answers HTTP as its documents say, whatever a client does with headers and chunks.
/// Method: requests over the API's own socket, because the test server replaces what Kestrel does.
/// </summary>
public sealed class HttpEdgeTests : IAsyncDisposable, IAsyncLifetime
{
    // These differ from one answer to the next, or describe a body.
    private static readonly string[] Differing = ["Date", "Content-Length", "Transfer-Encoding", "X-Request-Id", "traceparent"];

    private readonly TestApi _api = new("Production", onSockets: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Head_IsAnsweredAsGet_WithoutABody()
    {
        var paths = Routes.Mapped(_api.Services).Where(static route => route.Method is "GET").Select(static route => Routes.Filled(route.Path))
            .Concat(Routes.WithQuery)
            .Concat(["/health/live", "/health/ready", "/openapi/v1.json", "/docs/index.html", "/v1/nothing", "/v1/stock/a%2Fb", "/v1/products?limit=0", $"/v1/carts/{TestApi.Order}"]);
        foreach (var path in paths)
        {
            var get = await _api.SendAsync("GET", path);
            var head = await _api.SendAsync("HEAD", path);

            head.Status.ShouldBe(get.Status, path);
            head.Body.ShouldBeEmpty(path);
            get.Body.ShouldNotBeEmpty(path);
            HeadersOf(head).ShouldBe(HeadersOf(get), path);
        }
    }

    [Fact]
    public async Task Head_OfAStoredVersion_IsNotModified()
    {
        var reply = await _api.SendAsync(
            "HEAD", $"/v1/products/{TestApi.Product}", adjust: static request => request.Headers.TryAddWithoutValidation("If-None-Match", "\"7\""));

        (reply.Status, reply.Headers["ETag"]).ShouldBe((304, "\"7\""));
    }

    [Fact]
    public async Task Head_OfARouteWithoutGet_IsNotAllowed()
    {
        var reply = await _api.SendAsync("HEAD", "/v1/carts");

        (reply.Status, reply.Headers["Allow"]).ShouldBe((405, "POST"));
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("80000000\r\n{}\r\n0\r\n\r\n")]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}xx\r\n0\r\n\r\n")]
    public async Task BrokenChunks_AreMalformed_OnEveryRouteWithABody(string chunks)
    {
        foreach (var route in Routes.WithBody)
        {
            var answer = await RawAsync($"{route.Method} {route.Path} HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer {TestApi.AdminKey}\r\nIdempotency-Key: k\r\nIf-Match: \"7\"\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunks}");

            answer.ShouldStartWith("HTTP/1.1 400 ", Case.Sensitive, route.ToString());
            answer.ShouldContain("Content-Type: application/problem+json");
            answer.ShouldContain("\"code\":\"malformed_request\"");
        }

        _api.Grains.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("nonsense")]
    public async Task EncodedBody_IsUnsupported(string encoding)
    {
        foreach (var route in Routes.WithBody)
        {
            var reply = await _api.SendAsync(
                route.Method, route.Path, route.Body, adjust: request => request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding));

            reply.ShouldBeProblem(415, "unsupported_media_type");
            reply.Headers["Accept-Encoding"].ShouldBe("identity");
        }

        _api.Grains.Calls.ShouldBeEmpty();
        foreach (var identity in new[] { "identity", "Identity" })
        {
            (await _api.SendAsync(
                "POST", "/v1/carts", """{"currency":"GBP"}""", adjust: request => request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", identity))).Status.ShouldBe(201);
        }
    }

    [Fact]
    public async Task Head_InAnySpelling_HasNoBody()
    {
        var answer = await RawAsync($"head /v1/products/{TestApi.Product} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200 ");
        answer.ShouldEndWith("\r\n\r\n");
    }

    private static IEnumerable<string> HeadersOf(Reply reply) => reply.Headers
        .Where(static header => !Differing.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(static header => $"{header.Key}: {header.Value}")
        .Order(StringComparer.Ordinal);

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _api.Client.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
