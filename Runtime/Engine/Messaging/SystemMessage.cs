using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>What silos tell and ask each other beside calls.</summary>
internal enum SystemKind : byte
{
    /// <summary>An answer to a question.</summary>
    Answer = 0,

    /// <summary>The table has a newer version: look.</summary>
    Changed = 1,

    /// <summary>How many activations the sender has.</summary>
    Load = 2,

    /// <summary>Asks the owner of a grain's entry: may this activation of mine be the one?</summary>
    Register = 3,

    /// <summary>Tells the owner: this activation of mine has ended.</summary>
    Unregister = 4,

    /// <summary>Asks the owner: where is the grain?</summary>
    Locate = 5,

    /// <summary>Asks for the sender's entries that the receiver may register with me from now on.</summary>
    Collect = 6,

    /// <summary>Tells: this activation of yours has lost; end it.</summary>
    Evict = 7,

    /// <summary>Tells a caller: the grain is not with me but there.</summary>
    Moved = 8,

    /// <summary>Asks: have you seen this version, and will you send me no more calls?</summary>
    Seal = 9,

    /// <summary>Tells whoever keeps the reminders of a grain: they have changed.</summary>
    Remind = 10,

    /// <summary>Asks: do you hear me?</summary>
    Ping = 11,

    /// <summary>Asks: will you read again who has subscribed to this stream? The answer is that it will.</summary>
    Subscriptions = 12,

    /// <summary>Asks: which grains do you have?</summary>
    Describe = 13,
}

/// <summary>How a question was answered.</summary>
internal enum SystemAnswer : byte
{
    Done = 0,

    /// <summary>The receiver's view is newer, or it does not own the entry.</summary>
    Elsewhere = 1,

    /// <summary>Too many wait already, or the receiver is not able to answer now.</summary>
    Later = 2,
}

/// <summary>A message of the system's lane. Which of its fields mean something is up to its kind; the others are not sent.</summary>
internal sealed record SystemMessage(SystemKind Kind)
{
    /// <summary>What connects an answer with its question; 0 where none is expected.</summary>
    public long Number { get; init; }

    public SystemAnswer Answer { get; init; }

    /// <summary>The sender's view.</summary>
    public int Version { get; init; }

    public GrainId Grain { get; init; }

    /// <summary>Which activation of the silo; 0 for none. Also a count, and the place from which entries go on.</summary>
    public long Activation { get; init; }

    /// <summary>An activation that the new one stands in for.</summary>
    public long Previous { get; init; }

    public SiloAddress? Silo { get; init; }

    public IReadOnlyList<SiloAddress> Silos { get; init; } = [];

    public IReadOnlyList<DirectoryEntry> Entries { get; init; } = [];

    public IReadOnlyList<GrainDescription> Grains { get; init; } = [];

    public Frame ToFrame()
    {
        var frame = new Frame();
        var writer = new WireWriter(frame);
        writer.StartObject(0);
        writer.WriteByte(1, (byte)Kind);
        writer.WriteInt64(2, Number);
        writer.WriteByte(3, (byte)Answer);
        writer.WriteInt32(4, Version);
        writer.WriteInt64(5, Activation);
        writer.WriteInt64(6, Previous);
        if (!Grain.IsDefault)
        {
            writer.WriteBytes(7, Grain.Type.AsSpan());
            writer.WriteBytes(8, Grain.Key.AsSpan());
        }

        if (Silo is not null)
        {
            writer.WriteString(9, Silo.ToParsableString());
        }

        foreach (var silo in Silos)
        {
            writer.WriteString(10, silo.ToParsableString());
        }

        foreach (var entry in Entries)
        {
            writer.WriteBytes(11, entry.Grain.Type.AsSpan());
            writer.WriteBytes(12, entry.Grain.Key.AsSpan());
            writer.WriteInt64(13, entry.Activation);
        }

        if (Grains.Count > 0)
        {
            WriteGrains(ref writer);
        }

        writer.EndObject();
        writer.Commit();
        return frame;
    }

    /// <summary>Reads what <see cref="ToFrame"/> has written.</summary>
    /// <exception cref="Orleans.Serialization.SerializerException">The bytes are no message.</exception>
    public static SystemMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.StartObject(reader.ReadTag());
        var message = new SystemMessage(SystemKind.Answer);
        byte[] type = [];
        byte[] key = [];
        var silos = new List<SiloAddress>();
        var entries = new List<DirectoryEntry>();
        var grains = new List<GrainDescription>();
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1: message = message with { Kind = (SystemKind)reader.ReadByte(tag) }; break;
                case 2: message = message with { Number = reader.ReadInt64(tag) }; break;
                case 3: message = message with { Answer = (SystemAnswer)reader.ReadByte(tag) }; break;
                case 4: message = message with { Version = reader.ReadInt32(tag) }; break;
                case 5: message = message with { Activation = reader.ReadInt64(tag) }; break;
                case 6: message = message with { Previous = reader.ReadInt64(tag) }; break;
                case 7 or 11: type = reader.ReadBytes(tag).ToArray(); break;
                case 8:
                    message = message with { Grain = GrainId.Create(new GrainType(type), new IdSpan(reader.ReadBytes(tag).ToArray())) };
                    break;
                case 9: message = message with { Silo = SiloAddress.FromParsableString(reader.ReadString(tag)!) }; break;
                case 10: silos.Add(SiloAddress.FromParsableString(reader.ReadString(tag)!)); break;
                case 12: key = reader.ReadBytes(tag).ToArray(); break;
                case 13: entries.Add(new(GrainId.Create(new GrainType(type), new IdSpan(key)), reader.ReadInt64(tag))); break;
                case 14: grains = ReadGrains(reader.ReadBytes(tag)); break;
                default: reader.Skip(tag); break;
            }
        }

        return message with { Silos = silos, Entries = entries, Grains = grains };
    }

    private static List<GrainDescription> ReadGrains(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return GrainDescription.Read(ref reader);
    }

    private void WriteGrains(ref WireWriter writer)
    {
        using var bytes = new Frame();
        var inner = new WireWriter(bytes);
        foreach (var grain in Grains)
        {
            grain.Write(ref inner);
        }

        inner.Commit();
        writer.WriteBytes(14, bytes.Written.Span);
    }
}

/// <summary>An activation as its silo reports it.</summary>
/// <param name="Grain">Of which grain.</param>
/// <param name="Activation">Which activation of the silo.</param>
internal readonly record struct DirectoryEntry(GrainId Grain, long Activation);
