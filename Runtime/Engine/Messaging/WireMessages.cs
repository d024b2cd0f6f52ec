using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Serialization;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace ActorShop.Runtime.Messaging;

/// <summary>What a frame of the calls' lane is: its first byte.</summary>
internal enum WireKind : byte
{
    /// <summary>Somebody asks: <see cref="WireRequest"/>, then the arguments.</summary>
    Request = 1,

    /// <summary>The number of the call, then the value.</summary>
    Value = 2,

    /// <summary>The number of the call, then the exception.</summary>
    Fault = 3,

    /// <summary>The number of the call, then why it was not run.</summary>
    Rejection = 4,

    /// <summary>The number of the call whose caller has cancelled it.</summary>
    Cancel = 5,

    /// <summary>A client asks which grains there are.</summary>
    AskGrains = 6,

    /// <summary>The answer: a <see cref="GrainDescription"/> after the other.</summary>
    Grains = 7,

    /// <summary>A silo tells its clients: other silos are members now, so the list of gateways has changed.</summary>
    Changed = 8,

    /// <summary>A silo tells its clients that it leaves, and waits for their last word.</summary>
    Leaving = 9,

    /// <summary>The answer: no call follows it. Answers, and what was sent before, still pass.</summary>
    LastWord = 10,
}

/// <summary>Writes messages into frames, and reads what frames carry. Safe from any thread.</summary>
/// <remarks>
/// Layout: a byte of <see cref="WireKind"/>, a number, and what the kind says. The header is positional, since both ends have
/// agreed on a version; values are tagged fields, since types change more often than that.
/// </remarks>
internal sealed class WireMessages(CodecProvider codecs, MessagingOptions limits)
{
    /// <summary>Changes when the header does; both ends state it before anything else.</summary>
    public const int Version = 1;

    private const int MaxText = 1_024;

    public CodecProvider Codecs => codecs;

    public WireMethods Methods { get; } = new(codecs);

    /// <summary>The longest frame that either end may send.</summary>
    public int MaxFrame => limits.MaxMessageHeaderSize + limits.MaxMessageBodySize;

    /// <summary>A request.</summary>
    /// <param name="message">The call, numbered unless it is one-way.</param>
    /// <param name="left">How long its sender goes on waiting.</param>
    /// <exception cref="SerializerException">It has no wire form, or is too long.</exception>
    public Frame Request(Message message, TimeSpan left)
    {
        var arrival = (message as IArrived)?.Arrival;
        var method = arrival?.Method ?? Methods.Find(message.Request) ?? throw new CodecNotFoundException(
            $"Could not find a codec for calls of {message.Request.InterfaceName}.{message.Request.MethodName}: no manifest names the method.");
        var frame = NewFrame();
        try
        {
            var writer = new WireWriter(frame);
            writer.WriteVarint((ulong)WireKind.Request);
            WireRequest.Write(ref writer, codecs, message, method, left);
            if (writer.Written > limits.MaxMessageHeaderSize)
            {
                throw new SerializerException(
                    $"The header of {message} has {writer.Written} bytes, more than {nameof(MessagingOptions.MaxMessageHeaderSize)}: its RequestContext is too large.");
            }

            if (arrival?.Body is { } body)
            {
                writer.WriteRaw(body);
            }
            else
            {
                method.Codec.WriteField(ref writer, 0, message.Request);
            }

            writer.Commit();
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <summary>The value that a call is answered with.</summary>
    /// <exception cref="SerializerException">It has no wire form, or is too long.</exception>
    public Frame Value<T>(long number, T value)
    {
        var frame = NewFrame();
        try
        {
            var writer = new WireWriter(frame);
            WriteStart(ref writer, WireKind.Value, number);
            codecs.GetCodec<T>().WriteField(ref writer, 0, value);
            writer.Commit();
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <summary>The word that a call without a value has ended.</summary>
    public Frame Done(long number) => Relay(WireKind.Value, number, []);

    /// <summary>
    /// The exception that a call has ended with. One that has no codec, and is not the framework's or the engine's, stays
    /// behind: the caller is told of the missing codec instead.
    /// </summary>
    public Frame Fault(long number, Exception exception)
    {
        try
        {
            return WriteFault(number, exception);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return WriteFault(number, failure is CodecNotFoundException
                ? new CodecNotFoundException($"Could not find a codec for type {exception.GetType()}.")
                : new SerializerException($"An exception of type {exception.GetType()} could not be sent: {failure.Message}"));
        }
    }

    /// <summary>The refusal of a call.</summary>
    public Frame Rejection(long number, Rejection rejection)
    {
        var frame = NewFrame();
        var writer = new WireWriter(frame);
        WriteStart(ref writer, WireKind.Rejection, number);
        writer.WriteVarint((ulong)rejection.Kind);
        writer.WriteString(0, rejection.Text.Length > MaxText ? rejection.Text[..MaxText] : rejection.Text);
        writer.WriteString(0, rejection.Hint?.ToParsableString());
        writer.Commit();
        return frame;
    }

    /// <summary>The word that the caller has cancelled a call.</summary>
    public Frame Cancel(long number) => Relay(WireKind.Cancel, number, []);

    /// <summary>A word that says all by its kind.</summary>
    public Frame Notice(WireKind kind) => Relay(kind, 0, []);

    /// <summary>The grains of this silo.</summary>
    public Frame Grains(IEnumerable<GrainDescription> grains)
    {
        var frame = NewFrame();
        var writer = new WireWriter(frame);
        WriteStart(ref writer, WireKind.Grains, 0);
        foreach (var grain in grains)
        {
            grain.Write(ref writer);
        }

        writer.Commit();
        return frame;
    }

    /// <summary>An answer that has arrived, for whoever is behind this process.</summary>
    public Frame Relay(WireKind kind, long number, ReadOnlySpan<byte> body)
    {
        var frame = NewFrame();
        var writer = new WireWriter(frame);
        WriteStart(ref writer, kind, number);
        writer.WriteRaw(body);
        writer.Commit();
        return frame;
    }

    /// <summary>Reads the kind of a frame.</summary>
    public static WireKind ReadKind(ref WireReader reader)
    {
        var kind = reader.ReadVarint();
        if (kind is < (ulong)WireKind.Request or > (ulong)WireKind.LastWord)
        {
            WireException.ThrowInvalid(nameof(WireKind));
        }

        return (WireKind)kind;
    }

    /// <summary>Reads the exception of a fault.</summary>
    public Exception ReadFault(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new WireReader(body);
            return codecs.GetCodec<Exception>().ReadValue(ref reader, reader.ReadTag())
                ?? new UnavailableExceptionFallbackException("The answer names no exception.", innerException: null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure;
        }
    }

    /// <summary>Reads the refusal of a call.</summary>
    public static Rejection ReadRejection(ref WireReader reader)
    {
        var kind = reader.ReadVarint();
        var text = reader.ReadString(reader.ReadTag()) ?? "";
        var hint = reader.ReadString(reader.ReadTag());
        if (kind is < (ulong)RejectionKind.WrongSilo or > (ulong)RejectionKind.Unavailable || hint is { Length: > MaxText })
        {
            WireException.ThrowInvalid(nameof(Messaging.Rejection));
        }

        try
        {
            return new Rejection((RejectionKind)kind, text, hint is null ? null : SiloAddress.FromParsableString(hint));
        }
        catch (FormatException malformed)
        {
            throw new WireException(WireFault.InvalidValue, malformed.Message, malformed);
        }
    }

    private static void WriteStart(ref WireWriter writer, WireKind kind, long number)
    {
        writer.WriteVarint((ulong)kind);
        writer.WriteVarint((ulong)number);
    }

    private Frame WriteFault(long number, Exception exception)
    {
        var frame = NewFrame();
        try
        {
            var writer = new WireWriter(frame);
            WriteStart(ref writer, WireKind.Fault, number);
            codecs.GetCodec<Exception>().WriteField(ref writer, 0, exception);
            writer.Commit();
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    private Frame NewFrame() => new() { Limit = MaxFrame };
}
