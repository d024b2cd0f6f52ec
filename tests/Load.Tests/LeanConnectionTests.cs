using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorShop.Load;

public sealed class LeanConnectionTests
{
    private const string Plain = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello";
    private const string Chunked = "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\nA;x=1\r\nlo, world!\r\n0\r\n\r\n";
    private const string Empty = "HTTP/1.1 204 No Content\r\n\r\n";

    // However the answers fall into packets: byte by byte, and all at once.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Answers_InPiecesOfAnySize_AreReadOneAfterAnother(int size)
    {
        var big = $"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n{new string('x', 40_000)}";
        await using var server = new ScriptedServer(size, [Plain, Empty, Chunked, big, Plain]);
        using var connection = new LeanConnection(server.Url, "key");

        (await AskAsync(connection)).ShouldBe((200, "hello"));
        (await AskAsync(connection)).ShouldBe((204, ""));
        (await AskAsync(connection)).ShouldBe((201, "hello, world!"));
        (await AskAsync(connection)).Body.Length.ShouldBe(40_000);
        (await AskAsync(connection)).ShouldBe((200, "hello"));
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task ConnectionThatIsClosed_IsAnIOException_AndTheNextRequestOpensAnother()
    {
        await using var server = new ScriptedServer(100, ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", null, Plain]);
        using var connection = new LeanConnection(server.Url, null);

        await Should.ThrowAsync<IOException>(() => AskAsync(connection));

        (await AskAsync(connection)).ShouldBe((200, "hello"));
        server.Connections.ShouldBe(2);
    }

    private static async Task<(int Status, string Body)> AskAsync(LeanConnection connection)
    {
        var (status, body) = await connection.SendAsync("POST", "/x", "{}"u8.ToArray(), "k", isMinimal: true, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return (status, Encoding.ASCII.GetString(body.Span));
    }

    private sealed class ScriptedServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _running;

        public ScriptedServer(int size, string?[] script)
        {
            _listener.Start();
            _running = RunAsync(size, script);
        }

        public int Connections { get; private set; }

        public Uri Url => new($"http://{_listener.LocalEndpoint}");

        public async ValueTask DisposeAsync()
        {
            await _running;
            _listener.Dispose();
        }

        private async Task RunAsync(int size, string?[] script)
        {
            var next = 0;
            while (next < script.Length)
            {
                using var socket = await _listener.AcceptSocketAsync();
                socket.NoDelay = true;
                Connections++;
                var buffer = new byte[4096];
                var received = string.Empty;
                while (next < script.Length)
                {
                    if (script[next] is not { } answer)
                    {
                        next++;
                        break;
                    }

                    while (!received.EndsWith("{}", StringComparison.Ordinal))
                    {
                        received += Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
                    }

                    received.ShouldStartWith("POST /x HTTP/1.1\r\nHost: 127.0.0.1:");
                    received = string.Empty;
                    next++;
                    foreach (var piece in Encoding.ASCII.GetBytes(answer).Chunk(size))
                    {
                        await socket.SendAsync(piece);
                    }
                }
            }
        }
    }
}
