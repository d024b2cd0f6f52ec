using System.Collections.Concurrent;
using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Serialization;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Serialization;

namespace ActorShop.Runtime.Messaging;

/// <summary>What becomes of calls that cross processes: the router, as the wire sees it. Safe from any thread.</summary>
internal interface IWireReceiver
{
    /// <summary>A call has arrived. It is one of the pending calls of this process; settling it sends the answer.</summary>
    void OnRequest(SiloAddress from, Message request);

    /// <summary>A call that was sent was not run. True where the receiver has taken care of it, so that it is not settled.</summary>
    bool OnRejected(SiloAddress by, Message call, Rejection rejection);

    /// <summary>Whether it may send calls on to others, who know methods that this process does not.</summary>
    bool PassesOn => false;

    /// <summary>The grains that clients may call; nothing from a process that has none.</summary>
    IEnumerable<GrainDescription> DescribeGrains() => [];

    /// <summary>A silo has said which grains there are.</summary>
    void OnGrains(SiloAddress from, IReadOnlyList<GrainDescription> grains)
    {
    }

    /// <summary>A silo or a client has said something about itself that is no call.</summary>
    void OnNotice(SiloAddress from, WireKind kind)
    {
    }
}

/// <summary>Sends calls to other processes and settles them with the answers, and the other way round. Safe from any thread.</summary>
/// <remarks>
/// Each call is one of the <see cref="PendingCalls"/> on both sides, which bounds their number, ends them in time, and lets a
/// stopping silo wait for them. A call that is sent on has its answer passed back unread.
/// </remarks>
internal sealed partial class WireCalls(
    WireMessages wire, ITransport transport, PendingCalls calls, ITurnSink sink, IWireReceiver receiver, ILogger logger)
{
    private readonly ConcurrentDictionary<(SiloAddress From, long Number), Message> _cancellable = new();
    private readonly ILogger _logger = logger;
    private long _answersShed;

    /// <summary>How many answers were not sent, because the way back was full or gone.</summary>
    public long AnswersShed => Volatile.Read(ref _answersShed);

    /// <summary>Sends a call, one of the pending calls of this process, or settles it with why it could not be sent.</summary>
    public void Send(SiloAddress to, Message call)
    {
        Frame frame;
        try
        {
            if (!call.Has(Invocation.InvokeOptions.OneWay) && !calls.TryNumber(call))
            {
                return;
            }

            frame = wire.Request(call, calls.LeftOf(call));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            call.TryFail(failure);
            return;
        }

        call.SentTo = to;
        call.Cancellation?.OnSent(SendCancel);
        if (!transport.TrySend(to, Lane.Calls, frame))
        {
            call.SentTo = null;
            if (to.IsClient)
            {
                call.TryFail(new ClientNotAvailableException(call.Target));
                return;
            }

            Refuse(to, call, new Rejection(RejectionKind.Overloaded, $"The queue of messages to {to} is full."));
        }
        else if (call.Has(Invocation.InvokeOptions.OneWay))
        {
            call.TryAnswer(wire, WireKind.Value, []);
        }
        else if (call is { IsSettled: true, Cancellation: not null })
        {
            // It was cancelled on its way into the queue.
            SendCancel(call);
        }
    }

    /// <summary>Asks a silo which grains there are; false where it cannot be reached now.</summary>
    public bool AskGrains(SiloAddress silo) => Tell(silo, WireKind.AskGrains);

    /// <summary>Says something about this process, behind all that was sent before; false where it cannot be said now.</summary>
    public bool Tell(SiloAddress to, WireKind notice) => transport.TrySend(to, Lane.Calls, wire.Notice(notice));

    /// <summary>Takes a frame of the calls' lane. Never throws.</summary>
    public void OnFrame(SiloAddress from, ReadOnlySpan<byte> frame)
    {
        try
        {
            var reader = new WireReader(frame);
            var kind = WireMessages.ReadKind(ref reader);
            if (kind == WireKind.Request)
            {
                OnRequest(from, WireRequest.Read(ref reader), frame[reader.Position..]);
                return;
            }

            var number = (long)Math.Min(reader.ReadVarint(), long.MaxValue);
            if (kind == WireKind.Cancel)
            {
                OnCancel(from, number);
            }
            else if (kind == WireKind.AskGrains)
            {
                Answer(from, wire.Grains(receiver.DescribeGrains()));
            }
            else if (kind == WireKind.Grains)
            {
                receiver.OnGrains(from, GrainDescription.Read(ref reader));
            }
            else if (kind is WireKind.Changed or WireKind.Leaving or WireKind.LastWord)
            {
                receiver.OnNotice(from, kind);
            }
            else if (calls.Find(number) is { } call && from.Equals(call.SentTo))
            {
                OnAnswer(from, call, kind, ref reader, frame);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogUnreadable(failure, from, frame.Length);
        }
    }

    /// <summary>A peer is lost: what was sent to it and is not answered yet may have been run or not.</summary>
    public void OnLost(SiloAddress peer, Exception? reason) => calls.Fail(
        call => peer.Equals(call.SentTo),
        call => reason is null
            ? new SiloUnavailableException($"The connection to {peer} was lost before it answered {call}, which may have been run.")
            : new SiloUnavailableException($"The connection to {peer} was lost before it answered {call}, which may have been run.", reason));

    public void AnswerValue<TResult>(Arrival arrival, TResult result)
    {
        if (!TryEnd(arrival))
        {
            return;
        }

        Frame frame;
        try
        {
            frame = wire.Value(arrival.Number, result);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            frame = wire.Fault(arrival.Number, failure);
        }

        Answer(arrival.Origin, frame);
    }

    public void AnswerDone(Arrival arrival)
    {
        if (TryEnd(arrival))
        {
            Answer(arrival.Origin, wire.Done(arrival.Number));
        }
    }

    public void AnswerFault(Arrival arrival, Exception exception)
    {
        if (TryEnd(arrival))
        {
            Answer(arrival.Origin, wire.Fault(arrival.Number, exception));
        }
    }

    public void AnswerRejection(Arrival arrival, Rejection rejection)
    {
        if (TryEnd(arrival))
        {
            Answer(arrival.Origin, wire.Rejection(arrival.Number, rejection));
        }
    }

    public void AnswerRelayed(Arrival arrival, WireKind kind, ReadOnlySpan<byte> answer)
    {
        if (TryEnd(arrival))
        {
            Answer(arrival.Origin, wire.Relay(kind, arrival.Number, answer));
        }
    }

    // Whether somebody waits for the answer.
    private bool TryEnd(Arrival arrival)
    {
        if (arrival.Token.CanBeCanceled)
        {
            _cancellable.TryRemove((arrival.Origin, arrival.Number), out _);
        }

        return arrival.Number != 0;
    }

    private void Answer(SiloAddress to, Frame frame)
    {
        if (!transport.TrySend(to, Lane.Calls, frame))
        {
            Interlocked.Increment(ref _answersShed);
        }
    }

    private void SendCancel(Message call)
    {
        if (call.SentTo is { } callee && call.Number != 0)
        {
            _ = transport.TrySend(callee, Lane.Calls, wire.Cancel(call.Number));
        }
    }

    private void Refuse(SiloAddress by, Message call, Rejection rejection)
    {
        if (!receiver.OnRejected(by, call, rejection))
        {
            call.TryReject(rejection);
        }
    }

    private void OnRequest(SiloAddress from, in WireRequest header, ReadOnlySpan<byte> body)
    {
        // Who only passes it on need not know it: it may be newer than this process.
        if ((wire.Methods.Find(header.MethodId) ?? (receiver.PassesOn ? WireMethod.Unknown(header.MethodId) : null)) is not { } method)
        {
            Reject(from, header.Number, new Rejection(
                RejectionKind.UnknownMethod, $"{transport.Self} does not know the method: it runs another version of the program."));
            return;
        }

        Dictionary<string, object>? context;
        try
        {
            context = WireRequest.ReadContext(wire.Codecs, header.Context);
        }
        catch (SerializerException unreadable)
        {
            Reject(from, header.Number, new Rejection(RejectionKind.Unreadable, $"The RequestContext could not be read: {unreadable.Message}"));
            return;
        }

        var arrival = new Arrival(this, method, from, header.Number, header.Target, header.Sender, body.ToArray());
        var call = method.Arrive(arrival, header.Options);
        call.Context = context;
        call.Forwards = header.Forwards;
        call.Demand = header.Demand;
        if (header.IsCancellable)
        {
            call.Cancellation = new Cancellation(call, sink);
            arrival.Token = call.Cancellation.Token;
            _cancellable[(from, header.Number)] = call;
        }

        if (calls.TryAdd(call, header.Left))
        {
            receiver.OnRequest(from, call);
        }
        else
        {
            call.TryReject(new Rejection(RejectionKind.Overloaded, $"{transport.Self} has too many calls under way."));
        }
    }

    private void Reject(SiloAddress from, long number, Rejection rejection)
    {
        LogRejected(from, rejection.Text);
        if (number != 0)
        {
            Answer(from, wire.Rejection(number, rejection));
        }
    }

    private void OnCancel(SiloAddress from, long number)
    {
        if (_cancellable.TryRemove((from, number), out var call))
        {
            call.Cancellation!.Cancel();
        }
    }

    private void OnAnswer(SiloAddress from, Message call, WireKind kind, ref WireReader reader, ReadOnlySpan<byte> frame)
    {
        if (kind == WireKind.Rejection)
        {
            Refuse(from, call, WireMessages.ReadRejection(ref reader));
            return;
        }

        try
        {
            call.TryAnswer(wire, kind, frame[reader.Position..]);
        }
        catch (SerializerException unreadable)
        {
            call.TryFail(unreadable);
        }
    }

    [LoggerMessage(1220, LogLevel.Warning, "A message of {Length} bytes from {Peer} could not be read and is lost")]
    private partial void LogUnreadable(Exception exception, SiloAddress peer, int length);

    [LoggerMessage(1221, LogLevel.Warning, "A call from {Peer} was refused: {Reason}")]
    private partial void LogRejected(SiloAddress peer, string reason);
}
