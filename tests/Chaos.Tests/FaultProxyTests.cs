using System.Net;
using System.Net.Sockets;
using ActorShop.Chaos.Network;

namespace ActorShop.Chaos;

/// <summary>Goal: a link breaks as networks do, and otherwise passes every byte. Method: real sockets and an echo server.</summary>
public sealed class FaultProxyTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _patience = new(Patience);
    private FaultProxy _link = null!;
    private Task _echo = Task.CompletedTask;

    public Task InitializeAsync()
    {
        _listener.Start();
        _echo = EchoAsync();
        _link = FaultProxy.Start(new IPEndPoint(IPAddress.Loopback, 0), (IPEndPoint)_listener.LocalEndpoint, TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _link.DisposeAsync();
        _listener.Stop();
        await _echo;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task OpenLink_PassesEveryByte_AndTheEnd()
    {
        using var caller = await ConnectAsync();
        var sent = new byte[1 << 20];
        new Random(1).NextBytes(sent);

        var received = ReceiveToTheEndAsync(caller);
        for (var done = 0; done < sent.Length;)
        {
            done += await caller.SendAsync(sent.AsMemory(done), _patience.Token);
        }

        caller.Shutdown(SocketShutdown.Send);

        (await received).ShouldBe(sent);
    }

    [Fact]
    public async Task CutLink_IsSeenAsAReset()
    {
        using var caller = await ConnectAsync();
        await SayAsync(caller, 1);

        _link.Cut().ShouldBe(1);

        (await Should.ThrowAsync<SocketException>(() => HearAsync(caller))).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        using var another = await ConnectAsync();
        await SayAsync(another, 2);
    }

    [Fact]
    public async Task RefusingLink_KeepsWhoIsThere_AndResetsWhoComes()
    {
        using var before = await ConnectAsync();
        await SayAsync(before, 1);

        _link.Set(LinkCondition.Refusing);

        await SayAsync(before, 2);
        (await Should.ThrowAsync<SocketException>(ConnectAndHearAsync)).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeafSide_HearsEverythingOnceTheLinkHeals(bool isListener)
    {
        using var caller = await ConnectAsync();
        await SayAsync(caller, 1);

        _link.Set(isListener ? LinkCondition.DeafListener : LinkCondition.DeafCaller);
        await caller.SendAsync(new byte[] { 7 }, _patience.Token);
        var answer = HearAsync(caller);
        _link.Condition.ShouldBe(isListener ? LinkCondition.DeafListener : LinkCondition.DeafCaller);
        answer.IsCompleted.ShouldBeFalse();
        _link.Set(LinkCondition.Open);

        (await answer).ShouldBe((byte)7);
    }

    [Fact]
    public async Task ListenerThatIsGone_IsAReset()
    {
        _listener.Stop();

        (await Should.ThrowAsync<SocketException>(ConnectAndHearAsync)).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    private async Task<Socket> ConnectAsync()
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(_link.Address, _patience.Token);
        return caller;
    }

    // The reset may come before the system has told of the connection, or after.
    private async Task ConnectAndHearAsync()
    {
        using var caller = await ConnectAsync();
        await HearAsync(caller);
    }

    private async Task SayAsync(Socket caller, byte word)
    {
        await caller.SendAsync(new[] { word }, _patience.Token);
        (await HearAsync(caller)).ShouldBe(word);
    }

    private async Task<byte> HearAsync(Socket caller)
    {
        var word = new byte[1];
        return await caller.ReceiveAsync(word, _patience.Token) == 1 ? word[0] : throw new EndOfStreamException();
    }

    private async Task<byte[]> ReceiveToTheEndAsync(Socket caller)
    {
        using var stream = new NetworkStream(caller, ownsSocket: false);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, _patience.Token);
        return all.ToArray();
    }

    private async Task EchoAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(EchoAsync(await _listener.AcceptSocketAsync(_patience.Token)));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await stream.CopyToAsync(stream, _patience.Token);
        }
        catch (IOException)
        {
            // The link was cut.
        }
    }
}
