using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: the server refuses bytes that are not a valid request, ends the connection, and continues.
/// Method: bytes over a socket, as no client library sends them, to the program as it is shipped.
/// </summary>
[Trait("Suite", "EndToEnd"), Collection(QuietCollection.Name)]
public sealed class ProbeTests(ProbeTests.Shop shop) : IClassFixture<ProbeTests.Shop>
{
    private const string Head = "POST /v1/carts HTTP/1.1\r\nContent-Type: application/json\r\n";
    private const string Cart = """{"currency":"GBP"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string, int> Probes => new()
    {
        { "length and chunks", $"{Head}Host: shop\r\nContent-Length: 18\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
        { "two lengths", $"{Head}Host: shop\r\nContent-Length: 18\r\nContent-Length: 5\r\n\r\n{Cart}", 400 },
        { "a length that is not a number", $"{Head}Host: shop\r\nContent-Length: 1x\r\n\r\n{Cart}", 400 },
        { "a negative length", $"{Head}Host: shop\r\nContent-Length: -1\r\n\r\n{Cart}", 400 },
        { "invalid chunks", $"{Head}Host: shop\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{Cart}\r\n0\r\n\r\n", 400 },
        { "two hosts", $"{Head}Host: shop\r\nHost: other\r\nContent-Length: 18\r\n\r\n{Cart}", 400 },
        { "no host", $"{Head}Content-Length: 18\r\n\r\n{Cart}", 400 },
        { "a bare line feed in a header", $"{Head}Host: shop\r\nX-One: a\rb\r\nContent-Length: 18\r\n\r\n{Cart}", 400 },
        { "a header without a name", $"{Head}Host: shop\r\n: x\r\nContent-Length: 18\r\n\r\n{Cart}", 400 },
        { "NUL in the path", "GET /v1/stock/A\0B HTTP/1.1\r\nHost: shop\r\n\r\n", 400 },
        { "NUL in the path, encoded", "GET /v1/stock/A%00B HTTP/1.1\r\nHost: shop\r\n\r\n", 400 },
        { "an unknown version", "GET /v1/products HTTP/9.9\r\nHost: shop\r\n\r\n", 505 },
        { "no request", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400 },
        { "a path of 9 KB", $"GET /v1/stock/{new string('a', 9 * 1024)} HTTP/1.1\r\nHost: shop\r\n\r\n", 414 },
        { "a header of 40 KB", $"GET /v1/products HTTP/1.1\r\nHost: shop\r\nX-Long: {new string('a', 40 * 1024)}\r\n\r\n", 431 },
        { "150 headers", $"GET /v1/products HTTP/1.1\r\nHost: shop\r\n{string.Concat(Enumerable.Range(0, 150).Select(static n => $"X-{n}: a\r\n"))}\r\n", 431 },
        { "a body above the limit", $"{Head}Host: shop\r\nContent-Length: 40000000\r\n\r\n", 413 },
    };

    [Theory]
    [MemberData(nameof(Probes))]
    public async Task InvalidRequest_IsRefused_AndItsConnectionEnds(string name, string bytes, int status)
    {
        var answer = await SendAsync(bytes, thenFinish: false);

        answer.ShouldStartWith($"HTTP/1.1 {status}", Case.Sensitive, name);
        answer.ShouldNotContain("\r\nServer:", Case.Insensitive, name);
        answer.ShouldNotContain("/v1/carts/cart_", Case.Sensitive, name);
        await ShopAnswersAsync();
    }

    [Fact]
    public async Task Body_HasNoEffect_WhenItEndsBeforeItsLength()
    {
        var answer = await SendAsync($"{Head}Host: shop\r\nContent-Length: 1000\r\n\r\n{Cart}", thenFinish: true);

        if (answer.Length > 0)
        {
            answer.ShouldStartWith("HTTP/1.1 400");
        }

        await ShopAnswersAsync();
    }

    private async Task<string> SendAsync(string bytes, bool thenFinish)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, shop.Process.Client.BaseAddress!.Port);
        var stream = client.GetStream();
        using var patience = new CancellationTokenSource(Patience);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), patience.Token);
        if (thenFinish)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        // To the end: the server must close the connection.
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Unread bytes make the system reset the connection after the answer.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private async Task ShopAnswersAsync() =>
        (await shop.Process.SendAsync("GET", $"/v1/stock/{ShopProcess.SampleSku}")).Status.ShouldBe(HttpStatusCode.OK);

    public sealed class Shop : IAsyncLifetime
    {
        public ShopProcess Process { get; private set; } = null!;

        public async Task InitializeAsync() => Process = await ShopProcess.StartAsync();

        public async Task DisposeAsync() => await Process.DisposeAsync();
    }
}
