using System.Runtime.InteropServices;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>The header of a request: all that a process needs to know that does not run it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct WireRequest
{
    private const ulong OptionsMask = 0x0f;
    private const ulong HasSender = 0x10;
    private const ulong HasContext = 0x20;
    private const ulong HasToken = 0x40;

    private const int MaxForwards = 1_000;
    private const ulong MaxLeft = 1UL << 53;

    /// <summary>Its number at its sender; 0 where nobody waits for an answer.</summary>
    public long Number { get; private init; }

    /// <summary>How it wants to be run.</summary>
    public InvokeOptions Options { get; private init; }

    /// <summary>Whether the method takes a token, which the sender may cancel.</summary>
    public bool IsCancellable { get; private init; }

    /// <summary>How long the sender goes on waiting.</summary>
    public TimeSpan Left { get; private init; }

    public int Forwards { get; private init; }

    /// <summary>The method; the table of methods may not have it.</summary>
    public ulong MethodId { get; private init; }

    /// <summary>The interface, in the version that the sender was built with.</summary>
    public InterfaceDemand Demand { get; private init; }

    public GrainId Target { get; private init; }

    public GrainId? Sender { get; private init; }

    /// <summary>Where the values of the RequestContext are, unread; empty where there are none.</summary>
    public ReadOnlySpan<byte> Context { get; private init; }

    public static void Write(ref WireWriter writer, CodecProvider codecs, Message message, WireMethod method, TimeSpan left)
    {
        var sender = message.SenderId;
        writer.WriteVarint((ulong)message.Number);
        writer.WriteVarint((ulong)message.Options
            | (sender is null ? 0 : HasSender)
            | (message.Context is null ? 0 : HasContext)
            | (message.Cancellation is null ? 0 : HasToken));
        writer.WriteVarint(left == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, (ulong)left.TotalMilliseconds));
        writer.WriteVarint((ulong)message.Forwards);
        writer.WriteVarint((ulong)message.Demand.Version);
        writer.WriteFixed64(method.Id);
        WriteId(ref writer, message.Target);
        if (sender is { } id)
        {
            WriteId(ref writer, id);
        }

        if (message.Context is { } context)
        {
            WriteContext(ref writer, codecs, context);
        }
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="WireException">The bytes are none.</exception>
    public static WireRequest Read(ref WireReader reader)
    {
        var number = reader.ReadVarint();
        var flags = reader.ReadVarint();
        var left = reader.ReadVarint();
        var forwards = reader.ReadVarint();
        var version = reader.ReadVarint();
        var method = reader.ReadFixed64();
        if (number > long.MaxValue || forwards > MaxForwards || version > int.MaxValue || left > MaxLeft)
        {
            WireException.ThrowInvalid("header");
        }

        return new WireRequest
        {
            Number = (long)number,
            Options = (InvokeOptions)(flags & OptionsMask),
            IsCancellable = (flags & HasToken) != 0,
            Left = left == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Min(left, int.MaxValue)),
            Forwards = (int)forwards,
            Demand = version == 0 ? default : new InterfaceDemand((uint)(method >> 32), (int)version),
            MethodId = method,
            Target = ReadId(ref reader),
            Sender = (flags & HasSender) == 0 ? null : ReadId(ref reader),
            Context = (flags & HasContext) == 0 ? [] : ReadBytes(ref reader),
        };
    }

    /// <summary>Reads the values of a RequestContext.</summary>
    /// <exception cref="Orleans.Serialization.SerializerException">A value cannot be read.</exception>
    public static Dictionary<string, object>? ReadContext(CodecProvider codecs, ReadOnlySpan<byte> context)
    {
        if (context.IsEmpty)
        {
            return null;
        }

        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var reader = new WireReader(context);
        while (reader.Remaining > 0)
        {
            var key = reader.ReadString(reader.ReadTag());
            var value = codecs.GetCodec<object>().ReadValue(ref reader, reader.ReadTag());
            if (key is null || value is null)
            {
                WireException.ThrowInvalid(nameof(RequestContext));
            }

            values[key] = value;
        }

        return values;
    }

    private static void WriteId(ref WireWriter writer, GrainId id)
    {
        WriteBytes(ref writer, id.Type.AsSpan());
        WriteBytes(ref writer, id.Key.AsSpan());
    }

    private static void WriteBytes(ref WireWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteVarint((ulong)bytes.Length);
        writer.WriteRaw(bytes);
    }

    // Its length goes before it, so that it can be passed over; rare enough for a buffer of its own.
    private static void WriteContext(ref WireWriter writer, CodecProvider codecs, Dictionary<string, object> context)
    {
        using var values = new Networking.Frame();
        var inner = new WireWriter(values);
        foreach (var (key, value) in context)
        {
            inner.WriteString(1, key);
            codecs.GetCodec<object>().WriteField(ref inner, 2, value);
        }

        inner.Commit();
        WriteBytes(ref writer, values.Written.Span);
    }

    private static GrainId ReadId(ref WireReader reader)
    {
        var type = ReadBytes(ref reader);
        var key = ReadBytes(ref reader);
        if (type.IsEmpty)
        {
            WireException.ThrowInvalid(nameof(GrainId));
        }

        return new GrainId(new GrainType(type.ToArray()), new IdSpan(key.ToArray()));
    }

    private static ReadOnlySpan<byte> ReadBytes(ref WireReader reader) => reader.ReadBytes(new WireTag(0, WireType.LengthPrefixed));
}
