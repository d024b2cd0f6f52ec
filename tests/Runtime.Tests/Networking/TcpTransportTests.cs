using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorShop.Runtime.Networking;

/// <summary>Goal: frames arrive whole, in order and at most once; a loss is told at once, and nobody else is disturbed by it.</summary>
public sealed class TcpTransportTests
{
    [Fact]
    public async Task Frames_ArriveInOrder_InBothDirections_AndTellTheirLane()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2);

        left.Send(right.Self, [1]).ShouldBeTrue();
        left.Send(right.Self, [2], Lane.System).ShouldBeTrue();
        var first = await right.FrameAsync();
        var second = await right.FrameAsync();
        right.Send(left.Self, [3]).ShouldBeTrue();

        new[] { first, second }.OrderBy(static arrived => arrived.Lane).Select(static arrived => (arrived.Lane, arrived.Frame[0]))
            .ShouldBe([(Lane.Calls, (byte)1), (Lane.System, (byte)2)]);
        first.From.ShouldBe(left.Self);
        (await left.FrameAsync()).Frame.ShouldBe([3]);
        (await left.ConnectedAsync()).ShouldBe(right.Self);
        (await right.ConnectedAsync()).ShouldBe(left.Self);
    }

    [Fact]
    public async Task ManyFramesOfAllLengths_ArriveWholeAndInOrder()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2);
        var random = new Random(7);
        var sent = Enumerable.Range(0, 5_000)
            .Select(n => new byte[n % 1_000 == 999 ? 1_000_000 : n % 50 == 0 ? random.Next(70_000) : random.Next(200)])
            .ToArray();
        Array.ForEach(sent, random.NextBytes);

        foreach (var frame in sent)
        {
            left.Send(right.Self, frame).ShouldBeTrue();
        }

        foreach (var frame in sent.Where(static frame => frame.Length > 0))
        {
            var arrived = await right.FrameAsync();
            arrived.Frame.AsSpan().SequenceEqual(frame).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task AnotherCluster_IsRefused_AndBothSidesAreToldWhy()
    {
        await using var left = await TcpEnd.SiloAsync("one");
        await using var right = await TcpEnd.SiloAsync("two", generation: 2);

        left.Send(right.Self, [1]);

        var lost = await left.LostAsync();
        lost.Peer.ShouldBe(right.Self);
        lost.Reason!.Message.ShouldContain("cluster \"one\"");
        (await right.Log.NextAsync()).ShouldContain("cluster \"one\"");
    }

    [Fact]
    public async Task AnotherLifeOfThePeer_RefusesWhatWasMeantForTheOneBefore()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 9);
        var before = SiloAddress.New(right.Self.Endpoint, 8);

        left.Send(before, [1]);

        (await left.LostAsync()).Reason!.Message.ShouldContain($"it looks for {before}, and here is {right.Self}");
        left.Send(right.Self, [2]);
        (await right.FrameAsync()).Frame.ShouldBe([2]);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", "TLS")]
    [InlineData("garbage garbage garbage", "67617262")]
    [InlineData("ACTR\u0063xxxxxxx", "version 99")]
    public async Task SomethingElseThanASilo_IsClosedWithOneLine_AndOthersAreServed(string said, string line)
    {
        await using var silo = await TcpEnd.SiloAsync();
        await using var other = await TcpEnd.SiloAsync(generation: 2);
        await using var raw = await RawEnd.ConnectAsync(silo.Self.Endpoint.Port);

        await raw.Stream.WriteAsync(Encoding.Latin1.GetBytes(said));

        (await raw.ToTheEndAsync()).ShouldBeEmpty();
        (await silo.Log.NextAsync()).ShouldContain(line);
        other.Send(silo.Self, [1]);
        (await silo.FrameAsync()).Frame.ShouldBe([1]);
    }

    [Fact]
    public async Task PeerThatAnnouncesTwoGigabytes_IsLost_AndNothingIsAllocatedForIt()
    {
        await using var silo = await TcpEnd.SiloAsync(maxFrame: 100_000);
        await using var raw = await RawEnd.GreetAsync(silo.Self);
        (await raw.AnswerAsync()).Refusal.ShouldBeNull();
        var announced = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(announced, 2_147_483_648);

        await raw.Stream.WriteAsync(announced);

        (await silo.LostAsync()).Reason.ShouldBeOfType<Serialization.WireException>();
        (await silo.Log.NextAsync()).ShouldContain("A frame of 2147483648 bytes was announced");
        await raw.ToTheEndAsync();
    }

    [Fact]
    public async Task PeerThatSaysNothing_IsLostAfterTheLimit_AndOneThatBeatsIsNot()
    {
        var options = new NetworkOptions { HeartbeatInterval = TimeSpan.FromMilliseconds(40), SilenceLimit = TimeSpan.FromMilliseconds(400) };
        await using var silo = await TcpEnd.SiloAsync(options: options);
        await using var alive = await TcpEnd.SiloAsync(generation: 2, options: options);
        alive.Send(silo.Self, [1]);
        await silo.FrameAsync();
        await using var raw = await RawEnd.GreetAsync(silo.Self);

        var lost = await silo.LostAsync();

        lost.Peer.ShouldBe(SiloAddress.FromParsableString("127.0.0.1:5@5"));
        lost.Reason.ShouldBeOfType<TimeoutException>();
        alive.Send(silo.Self, [2]);
        (await silo.FrameAsync()).Frame.ShouldBe([2]);
    }

    [Fact]
    public async Task ConnectionThatDoesNotSayWhoItIs_IsClosed_AndTheNumberOfSuchIsBounded()
    {
        await using var silo = await TcpEnd.SiloAsync(options: new NetworkOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(500), MaxHandshakes = 1 });
        await using var first = await RawEnd.ConnectAsync(silo.Self.Endpoint.Port);
        await using var second = await RawEnd.ConnectAsync(silo.Self.Endpoint.Port);

        await Task.WhenAll(first.ToTheEndAsync(), second.ToTheEndAsync());

        new[] { await silo.Log.NextAsync(), await silo.Log.NextAsync() }.ShouldContain(static line => line.Contains("Too many connections"));
    }

    [Fact]
    public async Task ResetOfTheConnection_IsToldAtOnce()
    {
        await using var silo = await TcpEnd.SiloAsync();
        await using var raw = await RawEnd.GreetAsync(silo.Self);
        await raw.AnswerAsync();

        raw.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        raw.Socket.Close();

        (await silo.LostAsync()).Reason.ShouldNotBeNull();
    }

    [Fact]
    public async Task PeerThatRestarts_IsReachedAgain()
    {
        await using var left = await TcpEnd.SiloAsync();
        var right = await TcpEnd.SiloAsync(generation: 2);
        left.Send(right.Self, [1]);
        await right.FrameAsync();
        await right.StopAsync();
        (await left.LostAsync()).Peer.ShouldBe(right.Self);

        await using var next = await TcpEnd.SiloAsync(port: right.Self.Endpoint.Port, generation: 3);
        left.Send(next.Self, [2]);

        (await next.FrameAsync()).Frame.ShouldBe([2]);
    }

    [Fact]
    public async Task PeerThatIsNotThere_IsToldLost_EachTimeItIsTried()
    {
        await using var silo = await TcpEnd.SiloAsync();
        var nobody = SiloAddress.New(IPAddress.Loopback, TcpEnd.FreePort(), 3);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            silo.Send(nobody, [1]).ShouldBeTrue();
            (await silo.LostAsync()).Reason.ShouldBeOfType<SocketException>();
        }
    }

    [Fact]
    public async Task PeerThatNeverReads_FillsTheCallsLane_AndNotTheSystemLane()
    {
        await using var silo = await TcpEnd.SiloAsync(options: new NetworkOptions { MaxQueuedBytes = 1_000_000 });
        await using var raw = await RawEnd.GreetAsync(silo.Self);
        await raw.AnswerAsync();
        await silo.ConnectedAsync();
        var peer = SiloAddress.FromParsableString("127.0.0.1:5@5");
        var frame = new byte[500_000];

        Enumerable.Range(0, 1_000).Any(_ => !silo.Send(peer, frame)).ShouldBeTrue();
        silo.Send(peer, frame, Lane.System).ShouldBeTrue();
    }

    [Fact]
    public async Task StoppingSilo_SendsWhatWaits()
    {
        var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2);
        left.Send(right.Self, [0]);
        await right.FrameAsync();
        for (var n = 1; n <= 200; n++)
        {
            left.Send(right.Self, [.. Enumerable.Repeat((byte)n, 10_000)]);
        }

        await left.StopAsync();

        for (var n = 1; n <= 200; n++)
        {
            (await right.FrameAsync()).Frame[^1].ShouldBe((byte)n);
        }

        left.Send(right.Self, [1]).ShouldBeFalse();
    }

    [Fact]
    public async Task ForgottenPeer_CanNeitherBeReachedNorConnect()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2);
        left.Send(right.Self, [1]);
        await right.FrameAsync();

        left.Transport.Forget(right.Self);

        (await left.LostAsync()).Peer.ShouldBe(right.Self);
        await right.LostAsync();
        left.Send(right.Self, [2]).ShouldBeFalse();
        right.Send(left.Self, [3]);
        (await right.LostAsync()).Reason!.Message.ShouldContain("known to be dead");
    }

    [Fact]
    public async Task PortThatIsTaken_FailsTheStartByName()
    {
        await using var first = await TcpEnd.SiloAsync();

        var taken = await Should.ThrowAsync<SocketException>(() => TcpEnd.SiloAsync(port: first.Self.Endpoint.Port, generation: 2));

        taken.SocketErrorCode.ShouldBe(SocketError.AddressAlreadyInUse);
        taken.Message.ShouldContain($"127.0.0.1:{first.Self.Endpoint.Port}");
    }

    [Fact]
    public async Task Clients_ComeByTheGateway_AndSilosByTheirPort()
    {
        var gateway = TcpEnd.FreePort();
        await using var silo = await TcpEnd.SiloAsync(gatewayPort: gateway);
        await using var client = await TcpEnd.ClientAsync();

        client.Send(SiloAddress.New(IPAddress.Loopback, gateway, 0), [1]);
        (await silo.FrameAsync()).From.ShouldBe(client.Self);
        silo.Send(client.Self, [2]).ShouldBeTrue();
        (await client.FrameAsync()).Frame.ShouldBe([2]);

        client.Send(silo.Self, [3]);
        (await client.LostAsync()).Reason!.Message.ShouldContain("this port is for silos");
        silo.Send(SiloAddress.New(IPAddress.Loopback, 8, -8), [4]).ShouldBeFalse();
    }

    [Fact]
    public async Task BothSidesAtOnce_LoseNothing()
    {
        await using var left = await TcpEnd.SiloAsync();
        await using var right = await TcpEnd.SiloAsync(generation: 2);
        await Task.WhenAll(Task.Run(() => Flood(left, right)), Task.Run(() => Flood(right, left)));

        for (var n = 0; n < 1_000; n++)
        {
            BitConverter.ToInt32((await left.FrameAsync()).Frame).ShouldBe(n);
            BitConverter.ToInt32((await right.FrameAsync()).Frame).ShouldBe(n);
        }

        static void Flood(TcpEnd from, TcpEnd to)
        {
            for (var n = 0; n < 1_000; n++)
            {
                from.Send(to.Self, BitConverter.GetBytes(n)).ShouldBeTrue();
            }
        }
    }
}
