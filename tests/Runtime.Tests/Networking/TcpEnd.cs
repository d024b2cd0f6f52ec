using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Live;
using Microsoft.Extensions.Logging;

namespace ActorShop.Runtime.Networking;

/// <summary>A transport on a free port of the loopback, and all that it was told.</summary>
internal sealed class TcpEnd : ITransportHandler, IAsyncDisposable
{
    private readonly Channel<(SiloAddress From, Lane Lane, byte[] Frame)> _frames = Channel.CreateUnbounded<(SiloAddress, Lane, byte[])>();
    private readonly Channel<SiloAddress> _connected = Channel.CreateUnbounded<SiloAddress>();
    private readonly Channel<(SiloAddress Peer, Exception? Reason)> _lost = Channel.CreateUnbounded<(SiloAddress, Exception?)>();
    private bool _stopped;

    private TcpEnd(TcpPlace place, NetworkOptions options) =>
        Transport = new TcpTransport(place, options, TimeProvider.System, new Chance((ulong)place.Self.GetConsistentHashCode()), Log);

    public TcpTransport Transport { get; }

    public LogLines<TcpTransport> Log { get; } = new();

    public SiloAddress Self => Transport.Self;

    public Action<SiloAddress, Lane, ReadOnlyMemory<byte>>? OnFrame { get; set; }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static async Task<TcpEnd> SiloAsync(
        string cluster = "c", int? port = null, int generation = 1, NetworkOptions? options = null, int maxFrame = 100 * 1024 * 1024, int? gatewayPort = null)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, port ?? FreePort());
        var gateway = gatewayPort is { } other ? new IPEndPoint(IPAddress.Loopback, other) : null;
        var end = new TcpEnd(new TcpPlace(SiloAddress.New(endpoint, generation), cluster, endpoint, gateway, maxFrame), options ?? new());
        await end.Transport.StartAsync(end, CancellationToken.None);
        return end;
    }

    public static async Task<TcpEnd> ClientAsync(string cluster = "c")
    {
        var place = new TcpPlace(SiloAddress.New(IPAddress.Loopback, 7, -1), cluster, SiloEndpoint: null, GatewayEndpoint: null, MaxFrame: 1_000_000);
        var end = new TcpEnd(place, new());
        await end.Transport.StartAsync(end, CancellationToken.None);
        return end;
    }

    public bool Send(SiloAddress peer, byte[] bytes, Lane lane = Lane.Calls)
    {
        var frame = new Frame();
        bytes.CopyTo(frame.GetSpan(Math.Max(1, bytes.Length)));
        frame.Advance(bytes.Length);
        return Transport.TrySend(peer, lane, frame);
    }

    public ValueTask<(SiloAddress From, Lane Lane, byte[] Frame)> FrameAsync() => Within(_frames.Reader);

    public ValueTask<SiloAddress> ConnectedAsync() => Within(_connected.Reader);

    public ValueTask<(SiloAddress Peer, Exception? Reason)> LostAsync() => Within(_lost.Reader);

    public async Task StopAsync()
    {
        _stopped = true;
        await Transport.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        Transport.Dispose();
    }

    void ITransportHandler.OnFrame(SiloAddress from, Lane lane, ReadOnlyMemory<byte> frame)
    {
        if (OnFrame is { } handle)
        {
            handle(from, lane, frame);
        }
        else
        {
            _frames.Writer.TryWrite((from, lane, frame.ToArray()));
        }
    }

    void ITransportHandler.OnConnected(SiloAddress peer) => _connected.Writer.TryWrite(peer);

    void ITransportHandler.OnDisconnected(SiloAddress peer, Exception? reason) => _lost.Writer.TryWrite((peer, reason));

    // A test that would hang fails instead.
    private static async ValueTask<T> Within<T>(ChannelReader<T> reader)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await reader.ReadAsync(limit.Token);
    }
}

/// <summary>What was logged, line by line.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(formatter(state, exception));

    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _lines.Reader.ReadAsync(limit.Token);
    }
}

/// <summary>Somebody who speaks to a port byte by byte.</summary>
internal sealed class RawEnd : IAsyncDisposable
{
    private RawEnd(Socket socket) => (Socket, Stream) = (socket, new NetworkStream(socket, ownsSocket: true));

    public Socket Socket { get; }

    public NetworkStream Stream { get; }

    public static async Task<RawEnd> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawEnd(socket);
    }

    /// <summary>Connects, and says what a silo says first.</summary>
    public static async Task<RawEnd> GreetAsync(SiloAddress to, string cluster = "c", string from = "127.0.0.1:5@5", ulong session = 1)
    {
        var end = await ConnectAsync(to.Endpoint.Port);
        using var greeting = new Frame();
        new Preamble(cluster, SiloAddress.FromParsableString(from), to, Lane.Calls, session).Write(greeting);
        await end.Stream.WriteAsync(greeting.Written);
        return end;
    }

    public async Task<PreambleAnswer> AnswerAsync()
    {
        var start = new byte[Preamble.StartLength];
        await Stream.ReadExactlyAsync(start);
        var fields = new byte[Preamble.ReadStart(start)];
        await Stream.ReadExactlyAsync(fields);
        return PreambleAnswer.Read(fields);
    }

    /// <summary>Waits until the other side has closed; returns what it said before.</summary>
    public async Task<byte[]> ToTheEndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var all = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(all, limit.Token);
        }
        catch (IOException)
        {
            // Closed with something unread is closed too.
        }

        return all.ToArray();
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
