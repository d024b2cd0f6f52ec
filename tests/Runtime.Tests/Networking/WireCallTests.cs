using ActorShop.Runtime.Messaging;
using Orleans.Serialization;

namespace ActorShop.Runtime.Networking;

/// <summary>Goal: a call to another process behaves as one within it, but for what Orleans documents as different.</summary>
public sealed class WireCallTests
{
    [Fact]
    public async Task Call_OfEveryKind_BringsArgumentsThereAndTheResultBack()
    {
        await using var pair = await WirePair.StartAsync();
        var grain = pair.Grain("a");
        var shape = new WireShape("ä€😀", [1, int.MinValue, int.MaxValue], new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), new WireShape("", [], Guid.Empty, null));

        (await grain.Add(2, 3)).ShouldBe(5);
        (await grain.Echo("x")).ShouldBe("x");
        (await grain.Echo(null)).ShouldBeNull();
        await grain.Nothing();
        (await grain.Repeat("y", 3)).ShouldBe(["y", "y", "y"]);
        var reversed = await grain.Reverse(shape);
        reversed.Numbers.ShouldBe([int.MaxValue, int.MinValue, 1]);
        (reversed.Name, reversed.Id, reversed.Next!.Numbers.Length).ShouldBe((shape.Name, shape.Id, 0));
        pair.Caller.Pending.Count.ShouldBe(0);
        pair.Callee.Pending.Count.ShouldBe(0);
    }

    [Fact]
    public async Task OneWayCall_ArrivesAndIsForgottenAtOnce()
    {
        await using var pair = await WirePair.StartAsync();
        await pair.Grain("one-way").Tell("hello");

        pair.Caller.Pending.Count.ShouldBe(0);
        (await WireGrain.Events.GetOrAdd("one-way", static _ => new WireEvents()).Told.Task).ShouldBe("hello");
    }

    [Fact]
    public async Task ExceptionWithCodec_ArrivesWhole_WithTheStackOfTheGrain()
    {
        await using var pair = await WirePair.StartAsync();

        var thrown = await Should.ThrowAsync<WireTestException>(() => pair.Grain("a").Throw("codec"));

        (thrown.Message, thrown.Left).ShouldBe(("out of it", 3));
        thrown.StackTrace.ShouldNotBeNull().ShouldContain(nameof(WireGrain.Throw));
    }

    [Fact]
    public async Task ExceptionOfTheFramework_ArrivesAsItsType_WithItsCause()
    {
        await using var pair = await WirePair.StartAsync();

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => pair.Grain("a").Throw("framework"));

        thrown.InnerException.ShouldBeOfType<TimeoutException>().Message.ShouldBe("too late");
        await Should.ThrowAsync<LimitExceededException>(() => pair.Grain("a").Throw("engine"));
    }

    [Fact]
    public async Task ExceptionWithoutCodec_IsReplacedByTheWordThatItHasNone()
    {
        await using var pair = await WirePair.StartAsync();

        var thrown = await Should.ThrowAsync<CodecNotFoundException>(() => pair.Grain("a").Throw("foreign"));

        thrown.Message.ShouldBe($"Could not find a codec for type {typeof(ForeignToAllException)}.");
    }

    [Fact]
    public async Task ResultWithoutCodec_IsAnExceptionOfTheCaller()
    {
        await using var pair = await WirePair.StartAsync();

        await Should.ThrowAsync<CodecNotFoundException>(() => pair.Grain("a").NoCodec());
    }

    [Fact]
    public async Task RequestContext_TravelsThere_AndNotBack()
    {
        await using var pair = await WirePair.StartAsync();
        RequestContext.Set("who", "me");
        RequestContext.Set("number", 7);

        (await pair.Grain("a").Context("who")).ShouldBe("me");
        (await pair.Grain("a").Context("number")).ShouldBe("7");
        (await pair.Grain("a").Context("other")).ShouldBeNull();
    }

    [Fact]
    public async Task RequestContext_BeyondTheLimitOfHeaders_FailsAtTheCaller()
    {
        await using var pair = await WirePair.StartAsync();
        RequestContext.Set("much", new string('x', 70_000));

        await Should.ThrowAsync<SerializerException>(() => pair.Grain("a").Nothing());
        pair.Caller.Pending.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Message_BeyondTheLimit_FailsAtItsSender_InBothDirections()
    {
        await using var pair = await WirePair.StartAsync(static limits => limits.MaxMessageBodySize = 100_000);
        var tooLong = new string('x', 200_000);

        await Should.ThrowAsync<SerializerException>(() => pair.Grain("a").Echo(tooLong));
        await Should.ThrowAsync<SerializerException>(() => pair.Grain("a").Repeat(new string('x', 1_000), 200).AsTask());
        (await pair.Grain("a").Add(1, 1)).ShouldBe(2);
    }

    [Fact]
    public async Task CancelledCall_EndsAtOnce_AndTheGrainSeesItsToken()
    {
        await using var pair = await WirePair.StartAsync();
        var events = WireGrain.Events.GetOrAdd("cancel", static _ => new WireEvents());
        using var source = new CancellationTokenSource();
        var call = pair.Grain("cancel").WaitForCancellation(source.Token);
        await events.Started.Task;

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await events.Cancelled.Task).ShouldBeTrue();
    }

    [Fact]
    public async Task CallToATypeThatNobodyHas_IsRefused()
    {
        await using var pair = await WirePair.StartAsync();

        await Should.ThrowAsync<OrleansMessageRejectionException>(
            () => pair.Grains.Get<IWireGrain>(GrainId.Create("nobody", "1")).Nothing());
    }

    [Fact]
    public async Task CallOfAMethodThatTheCalleeDoesNotKnow_IsRefused_AndTheNextIsServed()
    {
        await using var pair = await WirePair.StartAsync();
        pair.Caller.Link.Tap = static frame =>
        {
            // The id of the method follows six numbers.
            var reader = new Serialization.WireReader(frame);
            for (var number = 0; number < 6; number++)
            {
                reader.ReadVarint();
            }

            frame[reader.Position] ^= 0xff;
            return frame;
        };

        await Should.ThrowAsync<OrleansMessageRejectionException>(() => pair.Grain("a").Nothing());

        pair.Caller.Link.Tap = static frame => frame;
        await pair.Grain("a").Nothing();
    }

    [Fact]
    public async Task Rejection_MayBeTakenCareOfByTheRouter()
    {
        await using var pair = await WirePair.StartAsync();
        var hint = SiloAddress.FromParsableString("127.0.0.1:3@3");
        var route = pair.Callee.OnRequest;
        pair.Callee.OnRequest = request =>
        {
            pair.Callee.OnRequest = route;
            request.TryReject(new Rejection(RejectionKind.WrongSilo, "It has moved.", hint));
        };
        Rejection? seen = null;
        pair.Caller.OnRejected = (call, rejection) =>
        {
            seen = rejection;
            pair.Caller.Calls.Send(pair.Callee.Link.Self, call);
            return true;
        };

        (await pair.Grain("a").Add(1, 2)).ShouldBe(3);

        seen.ShouldBe(new Rejection(RejectionKind.WrongSilo, "It has moved.", hint));
    }

    [Fact]
    public async Task FullQueue_RefusesTheCallAtOnce()
    {
        await using var pair = await WirePair.StartAsync();
        pair.Caller.Link.IsFull = true;

        await Should.ThrowAsync<LimitExceededException>(() => pair.Grain("a").Nothing());
        pair.Caller.Pending.Count.ShouldBe(0);
    }

    [Fact]
    public async Task LostPeer_FailsTheCallsUnderWay_AndNoOthers()
    {
        await using var pair = await WirePair.StartAsync();
        var events = WireGrain.Events.GetOrAdd("lost", static _ => new WireEvents());
        var call = pair.Grain("lost").Hold();
        await events.Started.Task;

        pair.Caller.Calls.OnLost(SiloAddress.FromParsableString("127.0.0.1:9@9"), reason: null);
        call.IsCompleted.ShouldBeFalse();
        pair.Caller.Calls.OnLost(pair.Callee.Link.Self, reason: null);

        await Should.ThrowAsync<SiloUnavailableException>(() => call);
        events.Release.SetResult(1);
    }

    [Fact]
    public async Task Answer_FromSomebodyElse_DoesNotSettleACall()
    {
        await using var pair = await WirePair.StartAsync();
        var events = WireGrain.Events.GetOrAdd("forged", static _ => new WireEvents());
        byte[]? request = null;
        pair.Caller.Link.Tap = frame => request = frame;
        var call = pair.Grain("forged").Hold();
        await events.Started.Task;
        using var forged = pair.Callee.Wire.Value(NumberOf(request!), 13);

        pair.Caller.Calls.OnFrame(SiloAddress.FromParsableString("127.0.0.1:9@9"), forged.Written.Span);
        call.IsCompleted.ShouldBeFalse();
        events.Release.SetResult(7);

        (await call).ShouldBe(7);
    }

    [Fact]
    public async Task CallThatIsSentOn_IsAnsweredThroughTheOneWhoSentIt()
    {
        // The callee of the first pair passes its calls to that of the second, as a gateway does.
        await using var near = await WirePair.StartAsync();
        await using var far = await WirePair.StartAsync();
        near.Callee.OnRequest = request =>
        {
            var relay = new WireCalls(near.Callee.Wire, Between(near.Callee, far.Callee), near.Callee.Pending, near.Callee.Sink, near.Callee, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            Back(far.Callee, relay);
            relay.Send(far.Callee.Link.Self, request);
        };

        (await near.Grain("relayed").Add(20, 3)).ShouldBe(23);
        (await Should.ThrowAsync<WireTestException>(() => near.Grain("relayed").Throw("codec"))).Left.ShouldBe(3);
        near.Callee.Pending.Count.ShouldBe(0);
        far.Callee.Pending.Count.ShouldBe(0);
    }

    private static LinkTransport Between(WireEnd from, WireEnd to)
    {
        var link = new LinkTransport(from.Link.Self);
        link.ConnectTo(to);
        return link;
    }

    private static void Back(WireEnd from, WireCalls to) => from.Link.Tap = frame =>
    {
        to.OnFrame(from.Link.Self, frame);
        return null;
    };

    private static long NumberOf(byte[] request)
    {
        var reader = new Serialization.WireReader(request);
        reader.ReadVarint();
        return (long)reader.ReadVarint();
    }
}
