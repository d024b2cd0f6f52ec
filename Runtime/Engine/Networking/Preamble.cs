using System.Buffers.Binary;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Networking;

/// <summary>What whoever connects says first.</summary>
/// <param name="ClusterId">Which cluster it belongs to.</param>
/// <param name="From">Who it is.</param>
/// <param name="To">Whom it expects; of generation 0 where any life will do.</param>
/// <param name="Lane">What the connection is for.</param>
/// <param name="Session">The same for the connections that it makes until one of them is lost.</param>
internal sealed record Preamble(string ClusterId, SiloAddress From, SiloAddress To, Lane Lane, ulong Session)
{
    /// <summary>The bytes before the fields: four that name the protocol, the version, and the length of the fields.</summary>
    public const int StartLength = 7;

    /// <summary>The fields' greatest length.</summary>
    public const int MaxLength = 1_024;

    private static ReadOnlySpan<byte> Magic => "ACTR"u8;

    /// <summary>Writes it, or the answer to it.</summary>
    public void Write(Frame frame) => WriteStart(frame, this, static (ref writer, preamble) =>
    {
        writer.WriteString(1, preamble.ClusterId);
        writer.WriteString(2, preamble.From.ToParsableString());
        writer.WriteString(3, preamble.To.ToParsableString());
        writer.WriteUInt64(4, (ulong)preamble.Lane);
        writer.WriteUInt64(5, preamble.Session);
    });

    /// <summary>Reads the fields.</summary>
    /// <exception cref="WireException">They are malformed.</exception>
    public static Preamble Read(ReadOnlySpan<byte> fields)
    {
        string? cluster = null;
        string? from = null;
        string? to = null;
        ulong lane = 0;
        ulong session = 0;
        var reader = new WireReader(fields);
        while (reader.Remaining > 0)
        {
            var tag = reader.ReadTag();
            switch (tag.FieldId)
            {
                case 1:
                    cluster = reader.ReadString(tag);
                    break;
                case 2:
                    from = reader.ReadString(tag);
                    break;
                case 3:
                    to = reader.ReadString(tag);
                    break;
                case 4:
                    lane = reader.ReadUInt64(tag);
                    break;
                case 5:
                    session = reader.ReadUInt64(tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (lane > (ulong)Lane.System)
        {
            WireException.ThrowInvalid(nameof(Lane));
        }

        return new Preamble(cluster ?? "", Address(from), Address(to), (Lane)lane, session);
    }

    /// <summary>Reads what goes before the fields, and how long they are.</summary>
    /// <exception cref="WireException">Whoever is there speaks something else, or another version of this.</exception>
    public static int ReadStart(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(Magic))
        {
            throw new WireException(WireFault.InvalidValue, $"It speaks another protocol: it began with {Describe(start)}.");
        }

        if (start[4] != WireMessages.Version)
        {
            throw new WireException(
                WireFault.InvalidValue, $"It speaks version {start[4]} of the protocol, and this process version {WireMessages.Version}.");
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(start[5..]);
        if (length > MaxLength)
        {
            WireException.ThrowLength(length, MaxLength);
        }

        return length;
    }

    internal static void WriteStart<T>(Frame frame, T value, WriteFields<T> write)
    {
        var start = frame.GetSpan(StartLength);
        Magic.CopyTo(start);
        start[4] = WireMessages.Version;
        frame.Advance(StartLength);
        var writer = new WireWriter(frame);
        write(ref writer, value);
        writer.Commit();
        frame.Patch(5, checked((ushort)(frame.Written.Length - StartLength)));
    }

    internal static SiloAddress Address(string? text)
    {
        try
        {
            return SiloAddress.FromParsableString(text ?? "");
        }
        catch (FormatException malformed)
        {
            throw new WireException(WireFault.InvalidValue, malformed.Message, malformed);
        }
    }

    private static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [0x16, 0x03, ..] => "the greeting of TLS, which is not configured here",
        [(byte)'G', (byte)'E', (byte)'T', ..] or [(byte)'P', (byte)'O', (byte)'S', (byte)'T', ..] => "a request of HTTP",
        _ => Convert.ToHexString(start),
    };

    internal delegate void WriteFields<in T>(ref WireWriter writer, T value);
}

/// <summary>What whoever is connected to answers.</summary>
/// <param name="Refusal">Why it ends the connection; null where it does not.</param>
/// <param name="ClusterId">Which cluster it belongs to.</param>
/// <param name="Self">Who it is.</param>
internal sealed record PreambleAnswer(string? Refusal, string ClusterId, SiloAddress Self)
{
    public void Write(Frame frame) => Preamble.WriteStart(frame, this, static (ref writer, answer) =>
    {
        writer.WriteString(1, answer.Refusal);
        writer.WriteString(2, answer.ClusterId);
        writer.WriteString(3, answer.Self.ToParsableString());
    });

    /// <summary>Reads the fields.</summary>
    /// <exception cref="WireException">They are malformed.</exception>
    public static PreambleAnswer Read(ReadOnlySpan<byte> fields)
    {
        string? refusal = null;
        string? cluster = null;
        string? self = null;
        var reader = new WireReader(fields);
        while (reader.Remaining > 0)
        {
            var tag = reader.ReadTag();
            switch (tag.FieldId)
            {
                case 1:
                    refusal = reader.ReadString(tag);
                    break;
                case 2:
                    cluster = reader.ReadString(tag);
                    break;
                case 3:
                    self = reader.ReadString(tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new PreambleAnswer(refusal, cluster ?? "", Preamble.Address(self));
    }
}
