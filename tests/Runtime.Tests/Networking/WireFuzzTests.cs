using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Serialization;

namespace ActorShop.Runtime.Networking;

/// <summary>Method: seeded mutation of real frames. Goal: no bytes do more than cost the message that they were.</summary>
public sealed class WireFuzzTests
{
    private const int Rounds = 20_000;

    [Fact]
    public async Task DamagedFrames_NeverThrow_AndAllocateNoMoreThanTheirLengthAllows()
    {
        await using var pair = await WirePair.StartAsync();
        var frames = await RealFramesAsync(pair);
        var random = new Random(20_261);
        var stranger = SiloAddress.FromParsableString("127.0.0.1:7@7");
        pair.Callee.OnRequest = static request => request.TryReject(new Rejection(RejectionKind.WrongSilo, "Only its reading is tested."));
        pair.Callee.Link.Tap = static _ => null;
        pair.Caller.Link.Tap = static _ => null;
        foreach (var frame in frames)
        {
            pair.Callee.Calls.OnFrame(stranger, frame);
            pair.Caller.Calls.OnFrame(stranger, frame);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var damaged = Damage(frames[random.Next(frames.Count)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();

            pair.Callee.Calls.OnFrame(pair.Caller.Link.Self, damaged);
            pair.Caller.Calls.OnFrame(pair.Callee.Link.Self, damaged);

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            allocated.ShouldBeLessThan(200_000 + (200L * damaged.Length), $"round {round}: {Convert.ToHexString(damaged)}");
        }

        pair.Callee.Pending.Count.ShouldBe(0);
    }

    [Fact]
    public async Task DamagedArguments_AreAnExceptionOfTheCaller_AndTheGrainGoesOn()
    {
        await using var pair = await WirePair.StartAsync();
        pair.Caller.Link.Tap = static frame => frame[..^3];

        await Should.ThrowAsync<Exception>(() => pair.Grain("damaged").Reverse(new WireShape("x", [1], Guid.Empty, null)));

        pair.Caller.Link.Tap = static frame => frame;
        (await pair.Grain("damaged").Add(1, 1)).ShouldBe(2);
    }

    [Fact]
    public async Task DamagedAnswer_IsAnExceptionOfTheCaller()
    {
        await using var pair = await WirePair.StartAsync();
        pair.Callee.Link.Tap = static frame => frame[..^3];

        await Should.ThrowAsync<WireException>(() => pair.Grain("damaged").Reverse(new WireShape("x", [1], Guid.Empty, null)));

        pair.Caller.Pending.Count.ShouldBe(0);
    }

    [Fact]
    public void Preambles_Damaged_AreRefusedByException()
    {
        using var frame = new Frame();
        new Preamble("cluster", SiloAddress.FromParsableString("127.0.0.1:5@5"), SiloAddress.FromParsableString("[::1]:6@-6"), Lane.System, 77).Write(frame);
        var real = frame.Written.ToArray();
        var random = new Random(4);

        for (var round = 0; round < Rounds; round++)
        {
            var damaged = Damage(real, random);
            try
            {
                if (damaged.Length >= Preamble.StartLength && Preamble.ReadStart(damaged) <= damaged.Length - Preamble.StartLength)
                {
                    _ = Preamble.Read(damaged.AsSpan(Preamble.StartLength));
                    _ = PreambleAnswer.Read(damaged.AsSpan(Preamble.StartLength));
                }
            }
            catch (WireException)
            {
                // The only one that is allowed.
            }
        }
    }

    [Fact]
    public void Preambles_AndTheirAnswers_ArriveAsTheyWereSent()
    {
        var preamble = new Preamble("ä", SiloAddress.FromParsableString("127.0.0.1:5@5"), SiloAddress.FromParsableString("[::1]:6@-6"), Lane.System, ulong.MaxValue);
        using var frame = new Frame();
        preamble.Write(frame);
        var answer = new PreambleAnswer("no", "b", SiloAddress.FromParsableString("10.0.0.1:5@5"));
        using var answered = new Frame();
        answer.Write(answered);

        Preamble.ReadStart(frame.Written.Span).ShouldBe(frame.Written.Length - Preamble.StartLength);
        Preamble.Read(frame.Written.Span[Preamble.StartLength..]).ShouldBe(preamble);
        PreambleAnswer.Read(answered.Written.Span[Preamble.StartLength..]).ShouldBe(answer);
    }

    private static async Task<List<byte[]>> RealFramesAsync(WirePair pair)
    {
        var frames = new List<byte[]>();
        byte[] Keep(byte[] frame)
        {
            frames.Add(frame);
            return frame;
        }

        pair.Caller.Link.Tap = Keep;
        pair.Callee.Link.Tap = Keep;
        RequestContext.Set("key", "value");
        var grain = pair.Grain("fuzz");
        await grain.Reverse(new WireShape("name", [1, 2, 3], new Guid(1, 2, 3, new byte[8]), new WireShape("inner", [], Guid.Empty, null)));
        RequestContext.Clear();
        await grain.Repeat("text", 20);
        await grain.Tell("once");
        await grain.Echo(null);
        await Should.ThrowAsync<WireTestException>(() => grain.Throw("codec"));
        await Should.ThrowAsync<InvalidOperationException>(() => grain.Throw("framework"));
        frames.Add(Bytes(pair.Caller.Wire.Cancel(99)));
        frames.Add(Bytes(pair.Caller.Wire.Rejection(99, new Rejection(RejectionKind.WrongSilo, "moved", pair.Caller.Link.Self))));
        return frames;
    }

    private static byte[] Bytes(Frame frame)
    {
        using (frame)
        {
            return frame.Written.ToArray();
        }
    }

    private static byte[] Damage(byte[] frame, Random random)
    {
        var damaged = frame.ToArray();
        switch (random.Next(4))
        {
            case 0:
                damaged = damaged[..random.Next(damaged.Length)];
                break;
            case 1:
                damaged = [.. damaged, .. new byte[random.Next(20)]];
                break;
            case 2:
                random.NextBytes(damaged.AsSpan(random.Next(damaged.Length)));
                return damaged;
        }

        for (var flips = random.Next(5); flips > 0 && damaged.Length > 0; flips--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return damaged;
    }
}
